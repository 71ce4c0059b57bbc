import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../../platform/database/prisma.service.js';

/** What queries can say of a run by `run.…`. */
export type QueryFacts = Readonly<Record<string, number | string | boolean>>;

@Injectable()
export class QueryFactsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Facts by run; times are seconds since 1970, `live_time` and `duration` seconds. What is not known is left out. */
  async of(runIds: readonly string[]): Promise<ReadonlyMap<string, QueryFacts>> {
    const rows = await this.prisma.run.findMany({
      where: { id: { in: [...runIds] } },
      select: {
        id: true,
        number: true,
        mode: true,
        origin: true,
        outcome: true,
        quality: true,
        tags: true,
        startedAt: true,
        endedAt: true,
        recorded: true,
        liveTimeNs: true,
        detector: { select: { name: true } },
      },
    });
    return new Map(
      rows.map((row): [string, QueryFacts] => {
        const { id, number, mode, origin, quality, tags, outcome, startedAt, endedAt, recorded } = row;
        const [start, end] = [secondsOf(startedAt), secondsOf(endedAt)];
        const known = { outcome, start, end, duration: start === null || end === null ? null : end - start };
        const facts = { ...known, recorded: recorded === null ? null : Number(recorded) };
        return [
          id,
          {
            detector: row.detector.name,
            number,
            mode,
            origin,
            quality,
            tags: tags.join(', '),
            live_time: Number(row.liveTimeNs) / 1e9,
            ...Object.fromEntries(
              Object.entries(facts).filter((one): one is [string, number | string] => one[1] !== null),
            ),
          },
        ];
      }),
    );
  }
}

function secondsOf(at: Date | null): number | null {
  return at === null ? null : at.getTime() / 1000;
}
