// The reporter: progress and messages on stderr, for people. In a terminal a step shows while it runs.
import process from 'node:process';
import type { VFileMessage } from 'vfile-message';

export interface Reporter {
  /** Tells that a step goes on, and when it is done how long it took. */
  readonly step: <T>(what: string, doing: () => Promise<T>) => Promise<T>;
  readonly say: (line: string) => void;
}

export function openReporter(): Reporter {
  const terminal = process.stderr.isTTY === true;
  const running: string[] = [];
  const clear = terminal ? '\r\u001b[2K' : '';
  const show = (): void => {
    if (terminal && running.length > 0) process.stderr.write(`${clear}… ${running.join(', ')}`);
  };
  const say = (line: string): void => {
    process.stderr.write(`${clear}${line}\n`);
    show();
  };
  return {
    say,
    step: async (what, doing) => {
      const start = performance.now();
      running.push(what);
      show();
      try {
        const result = await doing();
        running.splice(running.indexOf(what), 1);
        say(`${what.padEnd(36)} ${((performance.now() - start) / 1000).toFixed(2)} s`);
        return result;
      } catch (error) {
        running.splice(running.indexOf(what), 1);
        if (terminal) process.stderr.write(clear);
        throw error;
      }
    },
  };
}

/** `file:line:column: what is wrong`, and under it what to do. */
export function inWords(message: VFileMessage): string {
  const place = [message.file, message.line, message.column].filter((part) => part !== undefined && part !== null);
  const kind = message.fatal === false ? 'advice: ' : '';
  const hint = message.note ? `\n    ${message.note.replaceAll('\n', '\n    ')}` : '';
  return `${place.join(':')}: ${kind}${message.reason}${hint}`;
}

/** The same for programs. */
export function inJson(message: VFileMessage): object {
  const { file, line, column, ruleId, reason, note, fatal } = message;
  return { file, line, column, rule: ruleId, fatal: fatal !== false, reason, hint: note };
}
