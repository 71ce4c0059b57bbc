import type { CommandEvent } from '@countroom/contracts';

/** No answer in time. The command may still take effect: its request id finds out (asking again with it does not repeat it). */
export class OperatorTimeout extends Error {
  override readonly name = 'OperatorTimeout';

  /**
   * @param command what was asked
   * @param requestId id of the request, the command's idempotency key
   * @param waitedMs how long was waited
   * @param last last event that did arrive; undefined when not even the acknowledgement did
   */
  constructor(
    readonly command: string,
    readonly requestId: string,
    readonly waitedMs: number,
    readonly last: CommandEvent | undefined,
  ) {
    const heard = last === undefined ? 'no acknowledgement' : `nothing after “${last.message || last.kind}”`;
    super(
      `${command}: ${heard} within ${waitedMs} ms (request ${requestId}). Look at the status before asking again.`,
    );
  }
}

/** The command was acknowledged and then refused or failed; the message is the reason given. */
export class CommandNotDone extends Error {
  override readonly name = 'CommandNotDone';

  /**
   * @param command what was asked
   * @param requestId id of the request
   * @param event the last event, of kind `refused` or `failed`
   */
  constructor(
    readonly command: string,
    readonly requestId: string,
    readonly event: CommandEvent,
  ) {
    super(event.message);
  }
}
