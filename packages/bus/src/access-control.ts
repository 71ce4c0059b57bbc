import { Reply } from 'zeromq';

const allowed = new Map<string, number>();
let handler: Promise<void> | undefined;

/**
 * Lets only holders of a subscriber key connect to CURVE sockets of this process (ZeroMQ RFC 27). Resolves once the
 * check is in force; returns the way to take the key off the list again.
 */
export async function admitOnly(publicKeyZ85: string): Promise<() => void> {
  allowed.set(publicKeyZ85, (allowed.get(publicKeyZ85) ?? 0) + 1);
  handler ??= listen();
  await handler;
  return () => {
    const left = (allowed.get(publicKeyZ85) ?? 1) - 1;
    if (left > 0) allowed.set(publicKeyZ85, left);
    else allowed.delete(publicKeyZ85);
  };
}

async function listen(): Promise<void> {
  const socket = new Reply({ linger: 0 });
  await socket.bind('inproc://zeromq.zap.01');
  void answer(socket);
}

async function answer(socket: Reply): Promise<void> {
  for await (const [version, request, , , , mechanism, credentials] of socket) {
    const known =
      mechanism?.toString() === 'CURVE' && credentials !== undefined && allowed.has(encodeZ85(credentials));
    await socket.send([
      version ?? '1.0',
      request ?? '',
      known ? '200' : '400',
      known ? 'OK' : 'unknown key',
      '',
      '',
    ]);
  }
}

const z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Z85 text (ZeroMQ RFC 32) of bytes whose number is a multiple of 4. */
export function encodeZ85(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at < bytes.byteLength; at += 4) {
    let rest = view.getUint32(at);
    let group = '';
    for (let digit = 0; digit < 5; digit++) {
      group = z85.charAt(rest % 85) + group;
      rest = Math.floor(rest / 85);
    }
    text += group;
  }
  return text;
}
