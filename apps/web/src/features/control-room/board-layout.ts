/** Widths of a tile in sixths of the board. */
export const tileWidths = [2, 3, 4, 6] as const;
export type TileWidth = (typeof tileWidths)[number];

/** One panel on the board. */
export interface Tile {
  readonly id: string;
  readonly width: TileWidth;
  readonly hidden: boolean;
}

/** The order and sizes that a person has chosen. */
export type BoardLayout = readonly Tile[];

/**
 * What was kept, over what there is: panels that are gone are dropped, new ones stand at the end as they are meant to.
 */
export function mergeLayout(kept: unknown, usual: BoardLayout): BoardLayout {
  const known = new Map(usual.map((tile) => [tile.id, tile]));
  const chosen = (Array.isArray(kept) ? (kept as unknown[]) : []).flatMap((entry): Tile[] => {
    const { id, width, hidden } = (entry ?? {}) as Partial<Record<keyof Tile, unknown>>;
    const tile = typeof id === 'string' ? known.get(id) : undefined;
    if (tile === undefined) return [];
    known.delete(tile.id);
    return [
      {
        id: tile.id,
        width: tileWidths.find((each) => each === width) ?? tile.width,
        hidden: hidden === true,
      },
    ];
  });
  return [...chosen, ...known.values()];
}

/** Puts a tile so many shown places earlier (negative) or later. */
export function moveTile(layout: BoardLayout, id: string, by: -1 | 1): BoardLayout {
  const shown = layout.filter((tile) => !tile.hidden);
  const other = shown[shown.findIndex((tile) => tile.id === id) + by];
  if (other === undefined || !shown.some((tile) => tile.id === id)) return layout;
  const byId = new Map(layout.map((tile) => [tile.id, tile]));
  return layout.flatMap((tile) => {
    const taken = tile.id === id ? other.id : tile.id === other.id ? id : tile.id;
    return byId.get(taken) ?? [];
  });
}

/** Makes a tile wider or narrower by one step; stops at the widest and the narrowest. */
export function resizeTile(layout: BoardLayout, id: string, by: -1 | 1): BoardLayout {
  return layout.map((tile) => {
    if (tile.id !== id) return tile;
    return { ...tile, width: tileWidths[tileWidths.indexOf(tile.width) + by] ?? tile.width };
  });
}

/** Takes a tile off the board, or puts it back. */
export function showTile(layout: BoardLayout, id: string, shown: boolean): BoardLayout {
  return layout.map((tile) => (tile.id === id ? { ...tile, hidden: !shown } : tile));
}
