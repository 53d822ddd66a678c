/** `31 ms`, `0.4 s`, `12 s`, `2m05s`: short, with the precision that one reads. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms)).toString()} ms`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds).toString()} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60).toString()}m${(whole % 60).toString().padStart(2, '0')}s`;
}
