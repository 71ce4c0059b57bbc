import { connect } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { type ByteInput, StageError } from '@countroom/pipeline';

/** Whether an input is a stream rather than a file: `tcp://host:port`, or `-` for what the process is given. */
export function isStream(input: string): boolean {
  return input === '-' || input.startsWith('tcp://');
}

function openStream(input: string): Readable {
  if (input === '-') return process.stdin;
  const { hostname, port } = URL.canParse(input) ? new URL(input) : { hostname: '', port: '' };
  if (hostname === '' || port === '')
    throw new StageError('input', `${input} is no address of a stream: give tcp://host:port`);
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
}

/**
 * A stream of the bytes of a recording as the input of a byte stage: what a data acquisition sends over the network, as it would
 * stand in a file. It ends when the sender closes it; `stop` ends it before, with what has come by then; `cancel` gives it up.
 * Throws a StageError when there is nobody, or the connection breaks.
 */
export function streamInput(input: string, stop?: AbortSignal, cancel?: AbortSignal): ByteInput {
  return { name: input === '-' ? 'input' : input, bytes: null, chunks: streamChunks(input, stop, cancel) };
}

async function* streamChunks(
  input: string,
  stop: AbortSignal | undefined,
  cancel: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const ends = [stop, cancel].filter((signal) => signal !== undefined);
  const stream = openStream(input);
  if (ends.length > 0) addAbortSignal(AbortSignal.any(ends), stream);
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (cause) {
    if (ends.some(({ aborted }) => aborted)) return;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StageError('input', `${input} cannot be read: ${reason}`, [], cause);
  } finally {
    stream.destroy();
  }
}
