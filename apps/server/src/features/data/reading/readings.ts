import type {
  ColumnHistogram,
  FileNumbers,
  Hdf5Slice,
  JsonValue,
  PlaneHistogram,
  ProblemIssue,
  RecordingSummary,
  RecordingTables,
  RowSelection,
  SkimColumns,
  SkimCounts,
  SkimRows,
  TablePreview,
  TreeNode,
  WaveformsPreview,
} from '@countroom/contracts';
import type { Hdf5Axis, Lh5ErrorCode } from '@countroom/lh5';
import type { SkimAxis } from '@countroom/stages';

/** What an LH5 file is as a whole: asked when one is taken in. */
export interface FileContents {
  /** Data kind after the names of its tables: `raw`, `dsp`, `hit` …; null when it holds nothing of LH5. */
  readonly dataKind: string | null;
  /** Rows of the tables of that kind together. */
  readonly rows: number;
  readonly tables: number;
}

/** Hits of some events, after a coincidence map. */
export interface MappedHits {
  /** Path of the map. */
  readonly path: string;
  /** Events in it. */
  readonly events: number;
  /** The first 1000: path of the table that the map was made of, and row there. */
  readonly hits: readonly { readonly event: number; readonly table: string; readonly row: number }[];
  readonly total: number;
}

/** Everything that is read from LH5 files: what has to be said, and what is answered. */
export interface Readings {
  contents: { ask: Record<string, never>; answer: FileContents };
  tree: { ask: Record<string, never>; answer: TreeNode };
  table: {
    ask: {
      path: string;
      from: number;
      count: number;
      cut?: string | undefined;
      rows?: readonly number[] | undefined;
      columns?: readonly string[] | undefined;
    };
    answer: TablePreview;
  };
  selection: {
    ask: { path: string; cut: string; from: number; count: number; near?: number | undefined };
    answer: RowSelection;
  };
  hits: {
    /** `map` is the path of the map; without it, there has to be one only. */
    ask: { map?: string | undefined; events: readonly number[] };
    answer: MappedHits;
  };
  rows: {
    ask: {
      path: string;
      from: number;
      count: number;
      rows?: readonly number[] | undefined;
      columns?: readonly string[] | undefined;
    };
    /** Bytes of a record batch. */
    answer: Uint8Array;
  };
  numbers: { ask: { path: string }; answer: FileNumbers };
  runInfo: { ask: Record<string, never>; answer: Record<string, JsonValue> };
  waveforms: {
    ask: {
      path: string;
      from: number;
      count: number;
      rows?: readonly number[] | undefined;
      points: number;
      min?: number | undefined;
      max?: number | undefined;
    };
    answer: WaveformsPreview;
  };
  histogram: {
    ask: {
      path: string;
      cut?: string | undefined;
      bins: number;
      min?: number | undefined;
      max?: number | undefined;
    };
    answer: ColumnHistogram;
  };
  plane: {
    ask: {
      path: string;
      x: string;
      y: string;
      cut?: string | undefined;
      bins: number;
      xMin?: number | undefined;
      xMax?: number | undefined;
      yMin?: number | undefined;
      yMax?: number | undefined;
    };
    answer: PlaneHistogram;
  };
}
export type ReadingKind = keyof Readings;

/** What is read from recordings, which no LH5 reader can open. `name` is that of the file, as people gave it. */
export interface RecordingReadings {
  recording: { ask: { name: string }; answer: RecordingSummary };
  recordingTables: {
    ask: { name: string; config: Readonly<Record<string, unknown>> };
    answer: RecordingTables;
  };
}
export type RecordingReadingKind = keyof RecordingReadings;
/** What is read from any HDF5 file. */
export interface Hdf5Readings {
  hdf5Tree: { ask: Record<string, never>; answer: TreeNode };
  hdf5Slice: {
    ask: { path: string; axes: readonly Hdf5Axis[]; points?: number | undefined };
    answer: Hdf5Slice;
  };
}
/** Files of a run by tier, and what queries can say of it. */
export interface SkimFilesAsked {
  readonly files: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, number | string | boolean>>;
}
type QueryAsked = Readonly<Record<string, unknown>>;
/** Queries over several files: the file of the question itself is none. */
export interface SkimReadings {
  skim: {
    ask: { readonly runs: readonly SkimFilesAsked[] } & (
      | { readonly about: 'columns' }
      | { readonly about: 'rows'; readonly query: QueryAsked; readonly count: number }
      | { readonly about: 'histogram'; readonly query: QueryAsked; readonly axes: readonly SkimAxis[] }
    );
    answer: Omit<SkimColumns, 'runs' | 'empty'> | SkimRows | SkimCounts;
  };
}
export type Hdf5ReadingKind = keyof Hdf5Readings;
export type AllReadings = Readings & RecordingReadings & Hdf5Readings & SkimReadings;

/** A question as it goes to a thread. */
export type Question = {
  [K in ReadingKind]: { kind: K; file: string; ask: Readings[K]['ask'] };
}[ReadingKind];
export type RecordingQuestion = {
  [K in RecordingReadingKind]: { kind: K; file: string; ask: RecordingReadings[K]['ask'] };
}[RecordingReadingKind];
export type Hdf5Question = {
  [K in Hdf5ReadingKind]: { kind: K; file: string; ask: Hdf5Readings[K]['ask'] };
}[Hdf5ReadingKind];
export interface SkimQuestion {
  readonly kind: 'skim';
  readonly file: string;
  readonly ask: SkimReadings['skim']['ask'];
}
export type AnyQuestion = Question | RecordingQuestion | Hdf5Question | SkimQuestion;

/** Why a file could not be read. `ended` and `late` are said by the pool, of threads that died or took too long. */
export interface ReadingFault {
  readonly code: Lh5ErrorCode | 'cut-invalid' | 'options-invalid' | 'ended' | 'late' | 'busy' | 'internal';
  readonly reason: string;
  readonly object: string | undefined;
  /** Of a faulty cut: the character where it goes wrong, from 0. */
  readonly position?: number;
  /** Faults of options, each at its place. */
  readonly issues?: readonly ProblemIssue[];
}

export type Reply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly fault: ReadingFault };

export class ReadingError extends Error {
  override readonly name = 'ReadingError';

  constructor(readonly fault: ReadingFault) {
    super(fault.object === undefined ? fault.reason : `/${fault.object}: ${fault.reason}`);
  }
}
