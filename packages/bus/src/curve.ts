import { readFileSync } from 'node:fs';
import { curveKeyPair } from 'zeromq';
import { z } from 'zod';

const key = z.string().length(40);
const pair = z.strictObject({ publicKey: key, secretKey: key });
const bundle = z.strictObject({ publisher: pair, subscriber: pair });

/** CURVE keys of the bus (Z85 text, 40 characters each): one pair for the publishing, one for the subscribing side. */
export type BusKeys = z.infer<typeof bundle>;

/** New random keys. Keep the file they are written to readable by its owner alone. */
export function createBusKeys(): BusKeys {
  return { publisher: curveKeyPair(), subscriber: curveKeyPair() };
}

/** Keys from a file as `createBusKeys` gives them, in JSON. Throws an Error naming the file and what is wrong with it. */
export function readBusKeys(file: string): BusKeys {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The bus keys in ${file} cannot be read: ${why}`, { cause });
  }
  const parsed = bundle.safeParse(document);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(
    `${file} does not hold bus keys (${places}). Make new ones and copy the file to every host.`,
  );
}
