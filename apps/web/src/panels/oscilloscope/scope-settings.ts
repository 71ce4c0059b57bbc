import { urlChoice, urlList, urlRange, urlText } from '../../lib/url/url-state';
import { usePanelState } from '../panel-state';
import { pairCodec } from './cursors';
import { viewsCodec } from './vertical';

export const averages = ['8', '32', '128'] as const;
/** Time constants of the afterglow, s; `off` for none and `inf` for one that never goes. */
export const persistences = ['off', '0.3', '1', '3', '10', 'inf'] as const;

const averageCodec = urlChoice(averages);
const persistCodec = urlChoice(persistences);
const kind = 'oscilloscope';

/** Everything of the oscilloscope that is in the address. */
export function useScopeSettings() {
  const [chosen, setChosen] = usePanelState(kind, 'channels', urlList);
  const [front, setFront] = usePanelState(kind, 'front', urlText);
  const [views, setViews] = usePanelState(kind, 'views', viewsCodec);
  const [zoom, setZoom] = usePanelState(kind, 'range', urlRange);
  const [times, setTimes] = usePanelState(kind, 'times', pairCodec);
  const [levels, setLevels] = usePanelState(kind, 'levels', pairCodec);
  const [average, setAverage] = usePanelState(kind, 'average', averageCodec);
  const [persist, setPersist] = usePanelState(kind, 'persist', persistCodec);
  return {
    chosen,
    setChosen,
    front,
    setFront,
    views,
    setViews,
    zoom,
    setZoom,
    times,
    setTimes,
    levels,
    setLevels,
    average,
    setAverage: (text: string) => setAverage(averageCodec.read(text)),
    persist,
    setPersist: (text: string) => setPersist(persistCodec.read(text)),
  };
}
export type ScopeSettings = ReturnType<typeof useScopeSettings>;

/** Seconds of a choice of afterglow; 0 for none. */
export function secondsOf(persist: string): number {
  if (persist === 'off') return 0;
  return persist === 'inf' ? Number.POSITIVE_INFINITY : Number(persist);
}
