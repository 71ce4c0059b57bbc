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
    this.#stream = createDeflate({ level, strategy, ...finishing, ...waiting });
    this.#stream.on('error', (cause) => this.#reject(cause));
  }

  /** A whole zlib stream of its own; made on the threads that Node.js keeps for such work. */
  deflate(bytes: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#stream.write(bytes, (cause) => {
        if (cause !== null && cause !== undefined) return;
        const made = this.#stream.read() as Buffer;
        this.#stream.reset();
        resolve(made);
      });
    });
  }
}

/** Deflate states that nobody uses at the moment. */
class DeflatePool {
  readonly #idle: Deflating[] = [];

  constructor(
    private readonly level: number,
    private readonly strategy: number,
  ) {}

  async deflate(bytes: Uint8Array): Promise<Uint8Array> {
    const one = this.#idle.pop() ?? new Deflating(this.level, this.strategy);
    const made = await one.deflate(bytes);
    this.#idle.push(one);
    return made;
  }
}

const pools = new Map<string, DeflatePool>();

/** Deflates bytes, of which there is at least one, at a level and with a strategy of zlib. */
export function deflateBytes(bytes: Uint8Array, level: number, strategy: number): Promise<Uint8Array> {
  const name = `${level} ${strategy}`;
  let pool = pools.get(name);
  if (pool === undefined) {
    pool = new DeflatePool(level, strategy);
    pools.set(name, pool);
  }
  return pool.deflate(bytes);
}
