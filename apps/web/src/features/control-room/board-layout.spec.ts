import { describe, expect, it } from 'vitest';
import { type BoardLayout, mergeLayout, moveTile, resizeTile, showTile } from './board-layout';

const usual: BoardLayout = [
  { id: 'a', width: 2, hidden: false },
  { id: 'b', width: 4, hidden: false },
  { id: 'c', width: 6, hidden: false },
];

function ids(layout: BoardLayout): string[] {
  return layout.map((tile) => tile.id);
}

describe('mergeLayout', () => {
  it('keeps what was chosen, drops what is gone, adds what is new', () => {
    const kept = [
      { id: 'c', width: 3, hidden: true },
      { id: 'gone', width: 2, hidden: false },
      { id: 'a', width: 2 },
    ];
    expect(mergeLayout(kept, usual)).toEqual([
      { id: 'c', width: 3, hidden: true },
      { id: 'a', width: 2, hidden: false },
      { id: 'b', width: 4, hidden: false },
    ]);
  });

  it.each([[null], ['text'], [[null, 3, { id: 7 }]], [[{ id: 'a', width: 5 }]]])(
    'takes no harm from %j',
    (kept) => {
      expect(mergeLayout(kept, usual)).toEqual(usual);
    },
  );

  it('takes a panel that is named twice once', () => {
    expect(ids(mergeLayout([{ id: 'a' }, { id: 'a' }], usual))).toEqual(['a', 'b', 'c']);
  });
});

describe('moveTile', () => {
  it('changes places with the neighbour that is shown', () => {
    expect(ids(moveTile(usual, 'a', 1))).toEqual(['b', 'a', 'c']);
    expect(ids(moveTile(showTile(usual, 'b', false), 'a', 1))).toEqual(['c', 'b', 'a']);
  });

  it('stays at the ends', () => {
    expect(moveTile(usual, 'a', -1)).toBe(usual);
    expect(moveTile(usual, 'c', 1)).toBe(usual);
    expect(moveTile(usual, 'none', 1)).toBe(usual);
  });
});

describe('resizeTile', () => {
  it('goes by steps and stops at the ends', () => {
    expect(resizeTile(usual, 'a', 1)[0]?.width).toBe(3);
    expect(resizeTile(usual, 'a', -1)[0]?.width).toBe(2);
    expect(resizeTile(usual, 'c', 1)[2]?.width).toBe(6);
  });
});
