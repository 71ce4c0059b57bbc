/** What went wrong in the data plane, for programs; the message is for people. */
export type DriverErrorCode =
  | 'unknown-kind'
  | 'bad-configuration'
  | 'bad-parameters'
  | 'wrong-state'
  | 'unknown-signal'
  | 'unknown-command'
  | 'cancelled'
  | 'device'
  | 'deadline'
  | 'thread-ended'
  | 'ring'
  | 'dropped'
  | 'consumer'
  | 'spool-full'
  | 'spool-io'
  | 'spool-format'
  | 'pack';

/**
 * Error of the data plane. `code` is stable and survives the way between threads; `place` names what it is
 * about (a configuration key, a file, a signal). With `mustExit` the thread that raised it could not be
 * stopped: the owning process has to exit and be started again.
 */
export class DriverError extends Error {
  override readonly name = 'DriverError';
  readonly code: DriverErrorCode;
  readonly place: string;
  readonly mustExit: boolean;

  constructor(
    code: DriverErrorCode,
    place: string,
    message: string,
    options: { cause?: unknown; mustExit?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = place;
    this.mustExit = options.mustExit ?? false;
  }
}

/** An error as plain data, for messages between threads and for logs. */
export interface ErrorFacts {
  readonly code: DriverErrorCode;
  readonly place: string;
  readonly message: string;
}

/** Plain facts of anything thrown; what is no DriverError becomes code `device` at the given place. */
export function errorFacts(thrown: unknown, place: string): ErrorFacts {
  if (thrown instanceof DriverError)
    return { code: thrown.code, place: thrown.place, message: thrown.message };
  return { code: 'device', place, message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** A DriverError made of facts that came from another thread. */
export function errorFromFacts(facts: ErrorFacts): DriverError {
  return new DriverError(facts.code, facts.place, facts.message);
}
