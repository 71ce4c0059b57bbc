'use client';

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { PanelNumber } from '../../lib/ui/panel';
import { NamedPanel } from '../../panels/panel-state';
import { livePanels } from '../../panels/registry';
import classes from '../control-room/board.module.css';
import { TileTools } from '../control-room/tile-tools';
import { addPanel, type BenchPanel, movePanel, numberOf, resizePanel, widths } from './bench-layout';

/** The panels of a bench; while it is arranged, with the means to move, size, remove and add them. */
export function BenchBoard({
  detector,
  panels,
  arranging,
  onPanels,
}: {
  readonly detector: string;
  readonly panels: readonly BenchPanel[];
  readonly arranging: boolean;
  readonly onPanels: (panels: readonly BenchPanel[]) => void;
}): ReactNode {
  const adding = useRef<HTMLDivElement>(null);
  return (
    <div className={classes['board']}>
      {arranging ? (
        <div
          ref={adding}
          className={classes['hidden']}
          data-width={6}
          role="group"
          aria-label="Panels to add"
        >
          <span className="dim">Add:</span>
          {livePanels.map(({ kind, title }) => (
            <Button
              key={kind}
              size="compact-xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => onPanels(addPanel(panels, kind))}
            >
              {title}
            </Button>
          ))}
        </div>
      ) : null}
      {panels.length === 0 ? (
        <p className="dim">The bench is empty. Arrange it to put instruments on it.</p>
      ) : null}
      {panels.map((one, index) => {
        const { id, kind, width } = one;
        const panel = livePanels.find((each) => each.kind === kind);
        const number = numberOf(one);
        const title = `${panel?.title ?? kind} ${number}`.trim();
        return (
          <div key={id} className={classes['tile']} data-width={width}>
            {arranging ? (
              <TileTools
                title={title}
                first={index === 0}
                last={index === panels.length - 1}
                narrowest={width === widths[0]}
                widest={width === widths.at(-1)}
                onMove={(by) => onPanels(movePanel(panels, id, by))}
                onResize={(by) => onPanels(resizePanel(panels, id, by))}
                onHide={() => {
                  onPanels(panels.filter((each) => each.id !== id));
                  // The button that was pressed goes away with its panel.
                  adding.current?.querySelector('button')?.focus();
                }}
              />
            ) : null}
            {panel === undefined ? (
              <p className="dim">This version has no instrument “{kind}”.</p>
            ) : (
              <NamedPanel name={id}>
                <PanelNumber value={number}>
                  <panel.Container detector={detector} />
                </PanelNumber>
              </NamedPanel>
            )}
          </div>
        );
      })}
    </div>
  );
}
