#!/usr/bin/env node
// The command: registers the TypeScript loader and hands over to cli.ts.
import { register } from 'tsx/esm/api';

register();
await import('./cli.ts');
