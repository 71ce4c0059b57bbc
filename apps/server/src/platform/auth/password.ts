import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and about a quarter of a second per try. */
const cost: Cost = { log2N: 15, r: 8, p: 3 };
const keyBytes = 32;

/** `scrypt$log2N$r$p$salt$key`, so that the cost can grow without making old passwords useless. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Checks a password. Takes as long when there is no hash, so that answers do not tell which names exist. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parsed = hash === null ? undefined : parse(hash);
  if (parsed === undefined) {
    await derive(password, Buffer.alloc(16), cost);
    return false;
  }
  return timingSafeEqual(await derive(password, parsed.salt, parsed.cost), parsed.key);
}

/** True when the hash was made at another cost than today's. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(`scrypt$${cost.log2N}$${cost.r}$${cost.p}$`);
}

function parse(hash: string): { cost: Cost; salt: Buffer; key: Buffer } | undefined {
  const [scheme, log2N, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return undefined;
  const parsed = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const keyBuffer = Buffer.from(key, 'base64');
  if (keyBuffer.length !== keyBytes) return undefined;
  return { cost: parsed, salt: Buffer.from(salt, 'base64'), key: keyBuffer };
}

function derive(password: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 2 ** log2N * r * 128 * 2 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
