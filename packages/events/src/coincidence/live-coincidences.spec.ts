import { describe, expect, it } from 'vitest';
import { buildCoincidenceMap } from './coincidence-builder.js';
import { concatMaps } from './coincidence-map.js';
import { LiveCoincidences } from './live-coincidences.js';

const tables = [
  { path: 'ch7/raw', key: 7 },
  { path: 'ch3/raw', key: 3 },
  { path: 'ch9/raw', key: 9 },
];

/** Hits of two tables in bursts, the third one silent for a long time. */
function hits(): { table: number; time: bigint }[] {
  let state = 12345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % below;
  };
  let time = 1_700_000_000_000_000_000n;
  return Array.from({ length: 5000 }, (_, i) => {
    time += BigInt(random(4) === 0 ? random(5000) : random(60));
    return { table: i > 2000 && i % 400 === 0 ? 2 : random(2), time };
  });
}

describe.each(['last', 'first'] as const)('live coincidences measured from the %s hit', (reference) => {
  const options = { tables, windowNs: 50, reference, latenessNs: 20_000 };

  it('give the map of the whole tables, however the hits of tables overtake each other', () => {
    const all = hits();
    const offline = buildCoincidenceMap(
      { tables, reference, columns: [{ name: 'time', window: 50 }] },
      tables.map((_, table) => [
        BigInt64Array.from(all.filter((one) => one.table === table).map(({ time }) => time)),
      ]),
    );
    // Hits of table 1 come up to 40 places later than others; those of each table in order.
    const arriving = all
      .map((hit, i) => ({ hit, place: i + (hit.table === 1 ? 40 : 0) }))
      .sort((a, b) => a.place - b.place)
      .map(({ hit }) => hit);
    const live = new LiveCoincidences({ ...options, latenessNs: 200_000 });
    const parts = [];
    let most = 0;
    for (const [i, { table, time }] of arriving.entries()) {
      live.add(table, time);
      if (i % 100 === 99) {
        const part = live.take();
        parts.push(part);
        most = Math.max(most, part.row.length);
      }
    }
    expect(concatMaps(parts).ends.length).toBeGreaterThan(offline.ends.length / 2);
    parts.push(live.end());
    expect(live.late).toBe(0);
    expect(concatMaps(parts)).toEqual(offline);
    expect(most).toBeLessThan(2000);
  });

  it('count hits that come too late, and keep the rows of the others right', () => {
    const live = new LiveCoincidences({ ...options, latenessNs: 100 });
    live.add(0, 1000n);
    live.add(1, 5000n);
    expect([...live.take().row]).toEqual([0]);
    live.add(0, 2000n);
    live.add(0, 5010n);
    const rest = live.end();
    expect(live.late).toBe(1);
    expect([[...rest.table], [...rest.row], [...rest.ends]]).toEqual([[1, 0], [0, 2], [2]]);
  });
});
