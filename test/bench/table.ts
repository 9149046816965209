export interface Figure {
  what: string;
  /** In words; empty where the figure is only told. */
  target: string;
  measured: string;
  isMet?: boolean;
}

/** Told as far as it was measured, in columns. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'target', 'measured', ''],
    ...figures.map(({ what, target, measured, isMet }) => [what, target, measured, verdict(isMet)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const rule = '-'.repeat(lines[0]?.length ?? 0);
  return [lines[0], rule, ...lines.slice(1)].map((line) => line?.trimEnd()).join('\n');
}

function verdict(isMet: boolean | undefined): string {
  if (isMet === undefined) return '';
  return isMet ? 'met' : 'MISSED';
}
