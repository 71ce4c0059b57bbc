import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';

/** Seeded random numbers; the same seed and stream give the same numbers on every machine. */
export class RandomSource {
  private readonly generator: JumpableRandomGenerator;
  private spareNormal: number | undefined;

  /** `stream` separates sources of one seed: each starts 2^64 numbers behind the one before. */
  constructor(seed: number, stream = 0) {
    this.generator = xoroshiro128plus(seed);
    for (let i = 0; i < stream; i++) this.generator.jump();
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** Whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Exponential of the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** Normal of mean 0 and standard deviation 1 (Box and Muller, Ann. Math. Stat. 29 (1958) 610). */
  normal(): number {
    const { spareNormal } = this;
    if (spareNormal !== undefined) {
      this.spareNormal = undefined;
      return spareNormal;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
