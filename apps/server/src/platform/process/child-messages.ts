import { z } from 'zod';

/** What a child tells its supervisor over IPC. */
export const childMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), address: z.string().optional() }),
  z.object({ type: z.literal('alive') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
/** A child whose main thread answers says so this often. */
export const aliveMs = 1_000;

export type ChildMessage = z.infer<typeof childMessage>;

export function tellSupervisor(message: ChildMessage): Promise<void> {
  if (process.send === undefined || !process.connected) return Promise.resolve();
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}
