import {
  type Attributes,
  type DataObject,
  hasRows,
  type RowObject,
  type Struct,
  sliceRows,
} from '@countroom/records';
import { printDatatype } from '../datatype/grammar.js';
import { datatypeOf } from '../datatype/of-object.js';
import { Lh5Error, type Lh5ErrorCode } from '../errors.js';
import type { Hdf5Output } from '../hdf5/output.js';
import { below, normalizePath, placeOf } from '../hdf5/place.js';
import type { Lh5Writer, StoreOptions, WriterOptions } from '../ports.js';
import { checkObject, checkPath } from './check.js';
import { checkTarget, commitFile, removeTemporary, temporaryName } from './commit.js';
import { writeOpaqueScalar, writeScalar } from './fixed.js';
import { createGroup, type OutputPlace, setHead } from './output-place.js';
import { sweepParts } from './part-name.js';
import { StoragePlans } from './storage.js';
import { beginTarget, type Target } from './targets.js';

interface Group {
  readonly at: OutputPlace;
  readonly kind: 'struct' | 'table';
  readonly fields: Set<string>;
}

type State = 'open' | 'failed' | 'closed';

/** An object with rows as it was begun: its form without rows, and how it is stored. */
interface BegunTarget {
  readonly path: string;
  readonly form: RowObject;
  readonly options: StoreOptions;
}

/** What must be kept of a file that is being written to go on with it; for `v8.serialize`. */
export interface WriterSnapshot {
  /** The file that is to be made, and the one that it is written to meanwhile. */
  readonly file: string;
  readonly temporary: string;
  readonly options: WriterOptions;
  /** What the output needs. */
  readonly output: unknown;
  readonly groups: readonly {
    readonly path: string;
    readonly kind: Group['kind'];
    readonly fields: readonly string[];
  }[];
  readonly targets: readonly BegunTarget[];
  readonly fixed: readonly string[];
}

/** Writes LH5 objects to an output. */
export class FileWriter implements Lh5Writer {
  readonly file: string;
  readonly #temporary: string;
  readonly #root: OutputPlace;
  readonly #options: WriterOptions;
  readonly #groups = new Map<string, Group>();
  readonly #targets = new Map<string, Target>();
  readonly #begun: BegunTarget[] = [];
  readonly #fixed = new Set<string>();
  #state: State = 'open';

  constructor(root: OutputPlace, temporary: string, options: WriterOptions) {
    this.file = root.file;
    this.#root = root;
    this.#temporary = temporary;
    this.#options = options;
    this.#groups.set('', { at: root, kind: 'struct', fields: new Set() });
  }

  /** Takes over a group that is in the output already, with these fields: objects can be written into it. */
  adopt(path: string, kind: 'struct' | 'table', fields: readonly string[]): void {
    this.#groups.set(path, { at: { ...this.#root, path }, kind, fields: new Set(fields) });
  }

  /** Takes over what an output that goes on holds already. */
  restore({ groups, targets, fixed }: WriterSnapshot, output: Hdf5Output): void {
    for (const { path, kind, fields } of groups) this.adopt(path, kind, fields);
    for (const path of fixed) this.#fixed.add(path);
    for (const { path, form, options } of targets) {
      const plans = new StoragePlans(options, this.#options);
      this.#targets.set(path, beginTarget({ output, file: this.file, path }, form, plans));
      this.#begun.push({ path, form, options });
    }
  }

  async snapshot(): Promise<WriterSnapshot> {
    const { output } = this.#root;
    if (output.snapshot === undefined)
      throw new Lh5Error('argument-invalid', 'this writer cannot go on after a break', { file: this.file });
    await this.#attempt(() => undefined);
    return {
      file: this.file,
      temporary: this.#temporary,
      options: this.#options,
      output: await output.snapshot(),
      groups: Array.from(this.#groups, ([path, { kind, fields }]) => ({ path, kind, fields: [...fields] })),
      targets: [...this.#begun],
      fixed: [...this.#fixed],
    };
  }

  /** Makes the file complete under its temporary name, to be read there. */
  async finishInPlace(): Promise<void> {
    this.#finishGroups();
    this.#state = 'closed';
    await this.#root.output.finish();
  }

  /** Closes the file and leaves it under its temporary name, for somebody who goes on. */
  async suspend(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.#root.output.discard();
  }

  write(path: string, object: DataObject, options: StoreOptions = {}): Promise<void> {
    return this.#attempt(() => {
      const at = this.#place(path);
      checkObject(object, placeOf(at));
      if (this.#isTaken(at.path)) this.#fail('object-exists', 'is there already', at);
      this.#begin(at, object, options);
    });
  }

  append(path: string, rows: DataObject, options: StoreOptions = {}): Promise<void> {
    return this.#attempt(() => {
      const at = this.#place(path);
      checkObject(rows, placeOf(at));
      if (!hasRows(rows))
        this.#fail('argument-invalid', `a ${rows.kind} has no rows that could be added`, at);
      const target = this.#targets.get(at.path);
      if (target !== undefined) {
        target.check(rows);
        this.#change(() => target.add(rows));
        return;
      }
      if (this.#isTaken(at.path)) this.#fail('data-mismatch', 'is there already and has no rows', at);
      this.#begin(at, rows, options);
    });
  }

  rowCount(path: string): Promise<number> {
    return this.#attempt(() => this.#targets.get(normalizePath(path))?.rows ?? 0);
  }

  setAttributes(path: string, attrs: Attributes): Promise<void> {
    return this.#attempt(() => {
      const at = { ...this.#root, path: normalizePath(path) };
      if ('datatype' in attrs)
        this.#fail('argument-invalid', 'the datatype follows from the object and cannot be set', at);
      if (!this.#targets.has(at.path) && !this.#groups.has(at.path) && !this.#fixed.has(at.path))
        this.#fail('object-missing', 'there is no such object yet', at);
      setHead(at, undefined, attrs);
    });
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    if (this.#state === 'failed') {
      await this.abort();
      throw new Lh5Error('io-failed', 'is not committed, because writing has failed before', {
        file: this.file,
      });
    }
    try {
      this.#finishGroups();
      this.#state = 'closed';
      await this.#root.output.finish();
      await commitFile(this.#temporary, this.file, this.#options.overwrite ?? false);
    } catch (cause) {
      this.#state = 'closed';
      await this.#root.output.discard();
      await removeTemporary(this.#temporary);
      throw cause;
    }
  }

  async abort(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.#root.output.discard();
    await removeTemporary(this.#temporary);
  }

  async #attempt<T>(action: () => T): Promise<T> {
    if (this.#state !== 'open') {
      const how = this.#state === 'failed' ? 'given up after a failure' : 'closed';
      throw new Lh5Error('closed', `the file has been ${how}`, { file: this.file });
    }
    const result = action();
    try {
      await this.#root.output.settle();
    } catch (cause) {
      // What was under way is lost: the file can only be given up.
      if (this.#stateNow() === 'open') this.#state = 'failed';
      throw cause;
    }
    return result;
  }

  /** The state after something was waited for, when it may be another one than before. */
  #stateNow(): State {
    return this.#state;
  }

  /** Refused arguments leave the file as it was; a failure while it is changed leaves it in an unknown state. */
  #change(action: () => void): void {
    this.#state = 'failed';
    action();
    this.#state = 'open';
  }

  #fail(code: Lh5ErrorCode, reason: string, at: OutputPlace): never {
    throw new Lh5Error(code, reason, placeOf(at));
  }

  #place(path: string): OutputPlace {
    const at = { ...this.#root, path: normalizePath(path) };
    checkPath(at.path, placeOf(at));
    return at;
  }

  #isTaken(path: string): boolean {
    return this.#targets.has(path) || this.#groups.has(path) || this.#fixed.has(path);
  }

  #begin(at: OutputPlace, object: DataObject, options: StoreOptions): void {
    const plans = new StoragePlans(options, this.#options);
    plans.check();
    this.#checkParents(at);
    this.#change(() => {
      this.#enter(at);
      this.#create(at, object, plans, options);
    });
  }

  #checkParents(at: OutputPlace): void {
    const parts = at.path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const path = parts.slice(0, depth).join('/');
      if (this.#targets.has(path) || this.#fixed.has(path))
        this.#fail('object-exists', `/${path} is not a group that could hold it`, at);
    }
  }

  /** Makes the groups above an object and names it in them. */
  #enter(at: OutputPlace): void {
    const parts = at.path.split('/');
    let parent = this.#groups.get('')!;
    for (const name of parts.slice(0, -1)) {
      const child = below(parent.at, name);
      parent.fields.add(name);
      let group = this.#groups.get(child.path);
      if (group === undefined) {
        child.output.createGroup(child.path);
        group = { at: child, kind: 'struct', fields: new Set() };
        this.#groups.set(child.path, group);
      }
      parent = group;
    }
    parent.fields.add(parts.at(-1)!);
  }

  #create(at: OutputPlace, object: DataObject, plans: StoragePlans, options: StoreOptions): void {
    if (object.kind === 'struct') {
      this.#createStruct(at, object, plans, options);
    } else if (object.kind === 'scalar') {
      this.#fixed.add(at.path);
      writeScalar(at, object);
    } else if (object.kind === 'opaque' && object.shape.length === 0) {
      this.#fixed.add(at.path);
      writeOpaqueScalar(at, object);
    } else {
      const target = beginTarget(at, object, plans);
      this.#targets.set(at.path, target);
      this.#begun.push({ path: at.path, form: sliceRows(object, 0, 0), options });
      target.add(object);
    }
  }

  #createStruct(at: OutputPlace, struct: Struct, plans: StoragePlans, options: StoreOptions): void {
    createGroup(at, datatypeOf(struct), struct.attrs);
    if (struct.datatype === undefined)
      this.#groups.set(at.path, { at, kind: 'struct', fields: new Set(struct.fields.keys()) });
    else this.#fixed.add(at.path);
    for (const [name, field] of struct.fields) this.#create(below(at, name), field, plans, options);
  }

  #finishGroups(): void {
    for (const { at, kind, fields } of this.#groups.values()) {
      setHead(at, printDatatype({ kind, fields: [...fields] }), {});
    }
  }
}

/** Begins an HDF5 file; `name` stands for it in messages. */
export type OutputFactory = (file: string, name: string) => Promise<Hdf5Output>;

/** Begins a new LH5 file that is written through an output. See {@link Lh5Writer}. */
export async function createWriterOn(
  createOutput: OutputFactory,
  file: string,
  options: WriterOptions = {},
): Promise<Lh5Writer> {
  new StoragePlans({}, options).check();
  await checkTarget(file, options.overwrite ?? false);
  await sweepParts(file);
  const temporary = temporaryName(file);
  const output = await createOutput(temporary, file).catch(async (cause: unknown) => {
    await removeTemporary(temporary);
    throw cause;
  });
  return new FileWriter({ output, file, path: '' }, temporary, options);
}
