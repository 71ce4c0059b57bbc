'use client';

import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Fragment, type ReactNode } from 'react';
import type { DetectorLive } from '../../lib/live/status-provider';
import { NamedPanel } from '../../panels/panel-state';
import { livePanels } from '../../panels/registry';
import { BatonPanel } from '../baton/baton-panel';
import { RunPanel } from '../run-control/run-panel';
import classes from './board.module.css';
import {
  type BoardLayout,
  mergeLayout,
  moveTile,
  resizeTile,
  showTile,
  type TileWidth,
  tileWidths,
} from './board-layout';
import { CountersPanel } from './counters-panel';
import { LogPanel } from './log-panel';
import { SignalsPanel } from './signals-panel';
import { SourcesPanel } from './sources-panel';
import { TileTools } from './tile-tools';

interface TileContent {
  readonly title: string;
  readonly width: TileWidth;
  readonly render: (live: DetectorLive) => ReactNode;
}

const widths: Readonly<Record<string, TileWidth>> = { rates: 2, waveforms: 4, spectrum: 6, oscilloscope: 6 };
/** Instruments that a person asks for: they are among the panels not shown. */
const atHand: ReadonlySet<string> = new Set([
  'buffers',
  'histograms',
  'oscilloscope',
  'voltmeter',
  'bars',
  'logger',
  'xy',
]);

const contents: ReadonlyMap<string, TileContent> = new Map([
  ...livePanels.map((panel): [string, TileContent] => [
    panel.kind,
    {
      title: panel.title,
      width: widths[panel.kind] ?? 3,
      render: (live) => (
        <NamedPanel name={panel.kind}>
          <panel.Container detector={live.detector.name} />
        </NamedPanel>
      ),
    },
  ]),
  ['signals', { title: 'Signals and commands', width: 3, render: (live) => <SignalsPanel live={live} /> }],
  ['log', { title: 'Log', width: 3, render: (live) => <LogPanel live={live} /> }],
]);

const usual: BoardLayout = [...contents].map(([id, { width }]) => ({
  id,
  width,
  hidden: atHand.has(id),
}));

/** Everything of one detector: steering first and fixed, then panels in the order that the person has chosen. */
export function Board({
  live,
  arranging,
}: {
  readonly live: DetectorLive;
  readonly arranging: boolean;
}): ReactNode {
  const [kept, setKept] = useLocalStorage<unknown>({ key: 'countroom.board', defaultValue: null });
  const layout = mergeLayout(kept, usual);
  const hidden = layout.filter((tile) => tile.hidden);
  return (
    <div className={classes['board']}>
      <div className={classes['column']} data-width={4}>
        <RunPanel live={live} />
        <SourcesPanel live={live} />
      </div>
      <div className={classes['column']} data-width={2}>
        <BatonPanel live={live} />
        <CountersPanel live={live} />
      </div>
      {arranging ? (
        <div className={classes['hidden']} data-width={6} role="group" aria-label="Panels not shown">
          <span className="dim">{hidden.length === 0 ? 'All panels are shown.' : 'Not shown:'}</span>
          {hidden.map((tile) => (
            <Button
              key={tile.id}
              size="compact-xs"
              variant="default"
              onClick={() => setKept(showTile(layout, tile.id, true))}
            >
              Show {contents.get(tile.id)?.title}
            </Button>
          ))}
          <Button size="compact-xs" variant="default" onClick={() => setKept(null)}>
            Arrange as usual
          </Button>
        </div>
      ) : null}
      {layout
        .filter((tile) => !tile.hidden)
        .map((tile, index, shown) => {
          const content = contents.get(tile.id);
          if (content === undefined) return <Fragment key={tile.id} />;
          return (
            <div key={tile.id} className={classes['tile']} data-width={tile.width}>
              {arranging ? (
                <TileTools
                  title={content.title}
                  first={index === 0}
                  last={index === shown.length - 1}
                  narrowest={tile.width === tileWidths[0]}
                  widest={tile.width === tileWidths.at(-1)}
                  onMove={(by) => setKept(moveTile(layout, tile.id, by))}
                  onResize={(by) => setKept(resizeTile(layout, tile.id, by))}
                  onHide={() => setKept(showTile(layout, tile.id, false))}
                />
              ) : null}
              {content.render(live)}
            </div>
          );
        })}
    </div>
  );
}
