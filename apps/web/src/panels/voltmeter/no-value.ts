/** What stands where a channel has no value: for how long (s), or that there never was one (null). */
export function noValue(ageS: number | null): string {
  if (ageS === null) return 'no value in this run';
  const age = ageS < 120 ? `${Math.round(ageS)} s` : `${Math.round(ageS / 60)} min`;
  return `no value for ${age}`;
}
