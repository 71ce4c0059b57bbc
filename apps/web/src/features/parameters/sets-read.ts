/** Sets that processing reads, in a few words. */
export const setsRead =
  'dsp for chains, hit for hits, evt for events; channelmap and status for facts by detector';
