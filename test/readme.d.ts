/** As text; see test/journeys/permissions.test.ts. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}
