import { AppError, type ImportResult } from '@countroom/contracts';

/** A file on its way to the server, or what became of it. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly detector: string;
  readonly comment: string;
  /** The imported run that the file belongs to; null: a new one. */
  readonly run: number | null;
  readonly state: 'waiting' | 'sending' | 'storing' | 'done' | 'failed' | 'cancelled';
  readonly sentBytes: number;
  readonly result: ImportResult | null;
  readonly error: unknown;
}

/** What is said about files when they are added. */
export type UploadFacts = Pick<Upload, 'detector' | 'comment' | 'run'>;

/** Sends one file; rejects when `signal` is aborted. */
export type SendFile = (
  file: File,
  facts: UploadFacts,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<ImportResult>;

interface Entry {
  upload: Upload;
  readonly file: File;
  readonly send: SendFile;
  readonly stop: AbortController;
}

/** Sends files one after the other. It lives beside the pages: leaving the page does not end an upload. */
export class UploadQueue {
  private entries: readonly Entry[] = [];
  private shown: readonly Upload[] = [];
  private readonly listeners = new Set<() => void>();
  private nextId = 1;
  private busy = false;

  /** Calls `listener` on every change; returns the way to end it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** All files of this sitting, in the order in which they were added. */
  readonly list = (): readonly Upload[] => this.shown;

  add(files: readonly File[], facts: UploadFacts, send: SendFile): void {
    const added = files.map((file): Entry => {
      const { name, size } = file;
      const upload: Upload = {
        ...facts,
        id: this.nextId++,
        name,
        bytes: size,
        state: 'waiting',
        sentBytes: 0,
        result: null,
        error: null,
      };
      return { upload, file, send, stop: new AbortController() };
    });
    this.entries = [...this.entries, ...added];
    this.changed();
    void this.work();
  }

  /** Ends an upload that waits or is being sent; the server keeps nothing of it. */
  cancel(id: number): void {
    const entry = this.entries.find(({ upload }) => upload.id === id);
    if (entry === undefined || isSettled(entry.upload)) return;
    entry.stop.abort();
    this.set(entry, { state: 'cancelled' });
  }

  /** Puts a file that was not imported at the end of the queue again. */
  retry(id: number): void {
    const entry = this.entries.find(({ upload }) => upload.id === id);
    if (entry === undefined || (entry.upload.state !== 'failed' && entry.upload.state !== 'cancelled'))
      return;
    this.entries = this.entries.filter((each) => each !== entry);
    const { detector, comment, run } = entry.upload;
    this.add([entry.file], { detector, comment, run }, entry.send);
  }

  /** Takes everything that is over from the list. */
  clearSettled(): void {
    this.entries = this.entries.filter(({ upload }) => !isSettled(upload));
    this.changed();
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let entry = this.next(); entry !== undefined; entry = this.next()) await this.sendOne(entry);
    } finally {
      this.busy = false;
    }
  }

  private next(): Entry | undefined {
    return this.entries.find(({ upload }) => upload.state === 'waiting');
  }

  private async sendOne(entry: Entry): Promise<void> {
    this.set(entry, { state: 'sending' });
    try {
      const result = await entry.send(
        entry.file,
        entry.upload,
        (sentBytes) => {
          if (entry.stop.signal.aborted) return;
          this.set(entry, { sentBytes, state: sentBytes >= entry.upload.bytes ? 'storing' : 'sending' });
        },
        entry.stop.signal,
      );
      if (!entry.stop.signal.aborted) this.set(entry, { state: 'done', result });
    } catch (error) {
      if (!entry.stop.signal.aborted) this.set(entry, { state: 'failed', error });
    }
  }

  private set(entry: Entry, news: Partial<Upload>): void {
    entry.upload = { ...entry.upload, ...news };
    this.changed();
  }

  private changed(): void {
    this.shown = this.entries.map(({ upload }) => upload);
    for (const listener of this.listeners) listener();
  }
}

/** True when nothing more will happen to it by itself. */
export function isSettled({ state }: Upload): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** Error of a file that the reader cannot send: a folder, or one that changed meanwhile. */
export function unreadable(name: string): AppError {
  return new AppError(
    'input.invalid',
    `${name} could not be read here. Folders cannot be sent; a file that changes while it is sent must be added again.`,
  );
}
