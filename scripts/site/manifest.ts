// What a build made: the list that manifest.json carries and the download page shows.

export type Kind = 'epub' | 'pages' | 'press' | 'booklet' | 'sheet';

export interface ManifestFile {
  /** Relative to the manifest. */
  readonly path: string;
  readonly edition: string;
  readonly kind: Kind;
  readonly bytes: number;
  readonly sha256: string;
  readonly pages?: number;
  readonly sheets?: number;
  readonly paper?: string;
  /** `148mm x 210mm` */
  readonly trim?: string;
  /** Where a printer prints one side only. */
  readonly part?: 'fronts' | 'backs';
  /** A poster on its back. */
  readonly poster?: true;
  /** The job ticket's path. */
  readonly ticket?: string;
  readonly words?: number;
  readonly readingMinutes?: number;
}

export interface Manifest {
  readonly title: string;
  readonly files: readonly ManifestFile[];
}

/** Every file that the manifest names. */
export const pathsOf = (files: readonly Pick<ManifestFile, 'path' | 'ticket'>[]): string[] =>
  files.flatMap(({ path, ticket }) => (ticket === undefined ? [path] : [path, ticket]));
