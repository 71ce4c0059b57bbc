import { AppError } from '@countroom/contracts/errors';

/** What the errors of this package share: something is wrong in a chain's configuration or in what it met. */
export abstract class DspError extends AppError {
  constructor(message: string, cause?: unknown) {
    super('input.invalid', message, cause === undefined ? {} : { cause });
  }
}

/**
 * Keys and places in lists that lead to a part of a configuration, such as `['processors', 'tp_0', 'args', 2]`; [] is
 * the whole.
 */
export type ConfigPath = readonly (string | number)[];

/**
 * A chain cannot be built: its configuration is faulty or does not fit the input table. The message quotes the
 * processor (its key in the configuration) and says what to change.
 */
export class ProcessingChainError extends DspError {
  /** Key of the processor in the configuration. */
  readonly processor: string | undefined;
  /** The processor's description as it stands in the configuration. */
  readonly recipe: unknown;
  /** What in the configuration is at fault; undefined when it is not known closer than the processor. */
  readonly path: ConfigPath | undefined;
  /** First character at fault in the text at `path`, counted from 0, when it is known. */
  readonly character: number | undefined;

  constructor(
    message: string,
    place: {
      readonly processor?: string;
      readonly recipe?: unknown;
      readonly path?: ConfigPath | undefined;
      readonly character?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(
      place.processor === undefined ? message : `processor '${place.processor}': ${message}`,
      place.cause,
    );
    this.name = 'ProcessingChainError';
    this.processor = place.processor;
    this.recipe = place.recipe;
    this.path = place.path;
    this.character = place.character;
  }
}

/**
 * The production must stop: a parameter is out of its range or an assumption of the chain does not hold. Bad data
 * in one waveform never raises this; it gives NaN in that row.
 */
export class DSPFatal extends DspError {
  /** First row concerned, counted from the start of the table (see the `firstRow` option of a run). */
  readonly row: number | undefined;
  /** Key of the processor in the configuration. */
  readonly processor: string | undefined;
  /** Name of the argument at fault, as the reference page has it. */
  readonly argument: string | undefined;

  constructor(
    message: string,
    place: { readonly processor?: string; readonly argument?: string; readonly row?: number } = {},
  ) {
    const where = [
      place.processor === undefined ? '' : `processor '${place.processor}'`,
      place.row === undefined ? '' : `row ${place.row.toString()}`,
    ].filter((text) => text !== '');
    super(where.length === 0 ? message : `${where.join(', ')}: ${message}`);
    this.name = 'DSPFatal';
    this.processor = place.processor;
    this.row = place.row;
    this.argument = place.argument;
  }
}
