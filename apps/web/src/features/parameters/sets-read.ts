/** Sets that processing reads, as help below a field. */
export const setsRead = 'dsp, hit, evt, channelmap or status';
