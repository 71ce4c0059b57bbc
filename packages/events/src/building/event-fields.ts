import type { Vector } from '@countroom/expressions';

/** Fields of the event table that are made so far, under their names with and without `evt.`. */
export class EventFields {
  private readonly byName = new Map<string, Vector>();

  /** @param rows events of the chunk */
  constructor(readonly rows: number) {}

  /** All fields, for expressions. */
  get vectors(): ReadonlyMap<string, Vector> {
    return this.byName;
  }

  /** Adds a field. */
  add(name: string, values: Vector): void {
    this.byName.set(name, values);
    this.byName.set(`evt.${name}`, values);
  }

  /** A field by its name; it was checked when the plan was made. */
  get(name: string): Vector {
    return this.byName.get(name)!;
  }
}
