/** As people here read it: (206) 202-0123. A number that is not North American stays as it is. */
export function formatNumber(e164: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164) ?? [];
  return area && exchange && line ? `(${area}) ${exchange}-${line}` : e164;
}
