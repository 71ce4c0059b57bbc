'use client';

import type { ReportPlot as Plot, ReportTrials } from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import { saveFile, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { Row } from '../../lib/ui/layout';
import { urlList, urlText, useUrlState } from '../../lib/url/url-state';
import { StaticPlot } from '../data/static-plot';
import { HeatPlot } from './heat-plot';
import { HeatScale } from './heat-scale';
import { searchOption, searchPoints, trialsCsv } from './search-option';
import { SeriesPlot } from './series-plot';
import { axisLabel, bestTried, type Held, trialsCurve, trialsMap, triedPoints } from './trials';

/** Stands for the figure itself in the place of a parameter. */
const figure = '';

interface Parts {
  readonly plot: Plot;
  readonly trials: ReportTrials;
  readonly height: number;
}

/** All points of a search over parameters, over two of them or over one; of a grid the others can be held at a value. */
export function TrialsPlot({ plot, trials, height }: Parts): ReactNode {
  const names = trials.axes.map(({ name }) => name);
  const [acrossName, setAcross] = useUrlState('across', urlText);
  const [upName, setUp] = useUrlState('up', urlText);
  const [heldTexts, setHeld] = useUrlState('held', urlList);
  const across = names.includes(acrossName) ? names.indexOf(acrossName) : Math.min(1, names.length - 1);
  const free = names.findIndex((_, index) => index !== across);
  const chosenUp = names.indexOf(upName);
  const isCurve = upName === 'figure' || names.length === 1;
  const up = chosenUp === -1 || chosenUp === across ? free : chosenUp;
  const held = useMemo<Held>(
    () => Object.fromEntries(heldTexts.map((text) => text.split('=') as [string, string])),
    [heldTexts],
  );
  const others =
    trials.layout === 'search'
      ? []
      : names.filter((_, index) => index !== across && (isCurve || index !== up));
  return (
    <>
      {names.length === 1 ? null : (
        <Row>
          <NativeSelect
            label="Across"
            value={names[across]}
            onChange={(event) => setAcross(event.currentTarget.value)}
            data={names}
          />
          <NativeSelect
            label="Up"
            value={isCurve ? figure : names[up]}
            onChange={(event) =>
              setUp(event.currentTarget.value === figure ? 'figure' : event.currentTarget.value)
            }
            data={[
              ...names.filter((_, index) => index !== across),
              { value: figure, label: 'the figure of merit' },
            ]}
          />
          {others.map((name) => (
            <NativeSelect
              key={name}
              label={name}
              value={held[name] ?? ''}
              onChange={(event) =>
                setHeld(
                  Object.entries({ ...held, [name]: event.currentTarget.value }).flatMap(([key, value]) =>
                    value === '' ? [] : [`${key}=${value}`],
                  ),
                )
              }
              data={[
                { value: '', label: 'the best of all' },
                ...(trials.axes.find((axis) => axis.name === name)?.values ?? []),
              ]}
            />
          ))}
        </Row>
      )}
      {isCurve ? (
        <Curve plot={plot} trials={trials} height={height} across={across} held={held} />
      ) : trials.layout === 'grid' ? (
        <Surface plot={plot} trials={trials} height={height} across={across} up={up} held={held} />
      ) : (
        <SearchPlot plot={plot} trials={trials} height={height} across={across} up={up} />
      )}
    </>
  );
}

function Curve({
  plot,
  trials,
  height,
  across,
  held,
}: Parts & { readonly across: number; readonly held: Held }): ReactNode {
  const curve = useMemo(() => trialsCurve(trials, across, held, plot), [plot, trials, across, held]);
  return <SeriesPlot plot={curve} height={height} />;
}

function Surface({
  plot,
  trials,
  height,
  across,
  up,
  held,
}: Parts & { readonly across: number; readonly up: number; readonly held: Held }): ReactNode {
  const shown = useMemo(
    () => ({
      map: trialsMap(trials, across, up, held),
      plot: { ...plot, xLabel: axisLabel(trials.axes[across]!), yLabel: axisLabel(trials.axes[up]!) },
    }),
    [plot, trials, across, up, held],
  );
  return <HeatPlot plot={shown.plot} map={shown.map} height={height} />;
}

function SearchPlot({
  plot,
  trials,
  height,
  across,
  up,
}: Parts & { readonly across: number; readonly up: number }): ReactNode {
  const option = useCallback(
    (tokens: Tokens) => searchOption(trials, across, up, tokens),
    [trials, across, up],
  );
  const points = searchPoints(trials, across, up);
  const best = bestTried(triedPoints(trials));
  const place =
    best?.value === null || best === undefined
      ? null
      : trials.axes.map(({ name, values }) => `${name} ${values[best.point] ?? ''}`).join(', ');
  return (
    <>
      <StaticPlot
        label={`${plot.title}: ${points.length} points${place === null ? '' : `, the best at ${place}`}`}
        name={plot.name}
        height={height}
        option={option}
        fading={false}
        readout={(x, y) => `${plain(Number(x.toPrecision(4)))} · ${plain(Number(y.toPrecision(4)))}`}
        onZoom={() => undefined}
        onCsv={() => saveFile(`${plot.name}.csv`, new Blob([trialsCsv(trials)], { type: 'text/csv' }))}
        onJson={() => saveJson(`${plot.name}.json`, plot)}
      />
      <HeatScale
        label={`${trials.label}${trials.unit === '' ? '' : ` (${trials.unit})`}`}
        values={points.flatMap(({ value }) => value ?? [])}
        best={place}
        faults={points.filter(({ value }) => value === null).length}
      />
    </>
  );
}
