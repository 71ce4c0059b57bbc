import { constants, createDeflate, type Deflate } from 'node:zlib';

/** What a deflate stream gives out at once. */
const outputBytes = 128 << 10;
/** More than any chunk takes: a stream gives everything that it has made before it takes more. */
const mostBytes = 2 ** 31 - 1;

/** One deflate state that is used again and again: to make a new one costs as much as to deflate a small chunk. */
class Deflating {
  readonly #stream: Deflate;
  #reject: (cause: Error) => void = () => undefined;

  constructor(level: number, strategy: number) {
    const finishing = { flush: constants.Z_FINISH, chunkSize: outputBytes };
    const waiting = { readableHighWaterMark: mostBytes, writableHighWaterMark: mostBytes };
    // What has been made is given out as it lies in memory, not put together anew.
    const inParts = { readableObjectMode: true };
    this.#stream = createDeflate({ level, strategy, ...finishing, ...waiting, ...inParts });
    this.#stream.on('error', (cause) => this.#reject(cause));
  }

  /** A whole zlib stream of its own, in parts; made on the threads that Node.js keeps for such work. */
  deflate(bytes: Uint8Array): Promise<Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#stream.write(bytes, (cause) => {
        if (cause !== null && cause !== undefined) return;
        const parts: Uint8Array[] = [];
        for (;;) {
          const part = this.#stream.read() as Buffer | null;
          if (part === null) break;
          parts.push(part);
        }
        this.#stream.reset();
        resolve(parts);
      });
    });
  }
}

/** States of one kind at most: each takes 400 KB, and more than there are threads for do not help. */
const mostStates = 6;

/** Deflate states that are used in turns. */
class DeflatePool {
  readonly #idle: Deflating[] = [];
  readonly #waiting: ((one: Deflating) => void)[] = [];
  #made = 0;

  constructor(
    private readonly level: number,
    private readonly strategy: number,
  ) {}

  async deflate(bytes: Uint8Array): Promise<Uint8Array[]> {
    const one = await this.#take();
    let used: Deflating | undefined;
    try {
      const made = await one.deflate(bytes);
      used = one;
      return made;
    } finally {
      this.#giveBack(used);
    }
  }

  /** Without a state when it is of no use any more. */
  #giveBack(used: Deflating | undefined): void {
    const next = this.#waiting.shift();
    if (next !== undefined) next(used ?? this.#make());
    else if (used !== undefined) this.#idle.push(used);
    else this.#made -= 1;
  }

  #take(): Deflating | Promise<Deflating> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#made === mostStates) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#made += 1;
    return this.#make();
  }

  #make(): Deflating {
    return new Deflating(this.level, this.strategy);
  }
}

const pools = new Map<string, DeflatePool>();

/**
 * Deflates bytes, of which there is at least one, at a level and with a strategy of zlib. The result is in parts that follow each
 * other; they lie in larger memory, and are best copied.
 */
export function deflateBytes(bytes: Uint8Array, level: number, strategy: number): Promise<Uint8Array[]> {
  const name = `${level} ${strategy}`;
  let pool = pools.get(name);
  if (pool === undefined) {
    pool = new DeflatePool(level, strategy);
    pools.set(name, pool);
  }
  return pool.deflate(bytes);
}
