import type { Frame } from '@countroom/client';
import { type TopicHeader, type TopicName, type TopicParams, topicKey, topics } from '@countroom/contracts';
import { useEffect, useRef, useState } from 'react';
import { earliestTrigger, markFrame } from './frame-marks';
import { useLiveClient, useServerNow } from './live-provider';
import { type Age, ageOf } from './staleness';

/** The newest frame of a topic. */
export interface LiveValue<T extends TopicName> {
  readonly header: TopicHeader<T> | null;
  readonly dataAtMs: number | null;
  readonly dropped: number;
  /** Why the server refuses to send; empty when it does not. */
  readonly refused: string;
}

/**
 * Calls `receive` for each frame of a topic without drawing the page anew. The next frame is sent when what
 * `receive` returns is done: return a promise that waits for the drawing.
 */
export function useLiveFrames<T extends TopicName>(
  topic: T,
  params: TopicParams<T> | null,
  receive: (frame: Frame<T>) => void | Promise<void>,
  refused?: (message: string) => void,
  /** Another number subscribes anew: a cumulative topic then begins with its full state. */
  attempt = 0,
): void {
  const client = useLiveClient();
  const latest = useRef({ receive, refused, params });
  useEffect(() => {
    latest.current = { receive, refused, params };
  });
  const key = params === null ? null : topicKey(topic, params);
  useEffect(() => {
    const asked = latest.current.params;
    if (client === null || key === null || asked === null) return undefined;
    return client.subscribe(
      topic,
      asked,
      (frame) => {
        markFrame('received', topic, frame.dataAtMs);
        const drawn = latest.current.receive(frame);
        return drawn instanceof Promise
          ? drawn.then(() => markFrame('drawn', topic, frame.dataAtMs, earliestTrigger(frame.header)))
          : undefined;
      },
      (message) => latest.current.refused?.(message),
    );
  }, [client, topic, key, attempt]);
}

/** The newest header of a topic; the page is drawn anew with each, so for topics of about one frame a second. */
export function useLive<T extends TopicName>(topic: T, params: TopicParams<T> | null): LiveValue<T> {
  const key = params === null ? '' : topicKey(topic, params);
  const [value, setValue] = useState<LiveValue<T> & { readonly key: string }>({
    key,
    header: null,
    dataAtMs: null,
    dropped: 0,
    refused: '',
  });
  useLiveFrames(
    topic,
    params,
    (frame) =>
      setValue({
        key,
        header: frame.header,
        dataAtMs: frame.dataAtMs,
        dropped: frame.dropped,
        refused: '',
      }),
    (message) => setValue({ key, header: null, dataAtMs: null, dropped: 0, refused: message }),
  );
  return value.key === key ? value : { header: null, dataAtMs: null, dropped: 0, refused: '' };
}

/** Age of live data; after three periods it is stale. */
export function useAge(dataAtMs: number | null, periodMs: number): Age {
  return ageOf(dataAtMs, useServerNow(), periodMs);
}

/**
 * Age by the normal period of a topic; topics faster than one frame a second count as that. `usualMs` is the time between
 * frames of a source that is slower.
 */
export function useTopicAge(topic: TopicName, dataAtMs: number | null, usualMs = 0): Age {
  const { periodMs } = topics[topic];
  return useAge(dataAtMs, periodMs === 0 ? 0 : Math.max(1000, periodMs, usualMs));
}
