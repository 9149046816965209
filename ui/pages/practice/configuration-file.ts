/** What would change, or why nothing can be taken in. */
export type ConfigurationAnswer =
  | { is: 'planned'; changes: string[] }
  | { is: 'refused'; message: string; why: string[] };

/** Not `request`, which keeps only the message of a refusal: here it says line by line what stands in the way. */
export async function sendConfiguration(
  path: string,
  file: unknown,
  isDryRun: boolean,
): Promise<ConfigurationAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ file, isDryRun }),
    });
    const answer = (await response.json()) as {
      changes?: string[];
      refusals?: string[];
      error?: { message: string };
    };
    if (response.ok) return { is: 'planned', changes: answer.changes ?? [] };
    return { is: 'refused', message: answer.error?.message ?? 'Try again.', why: answer.refusals ?? [] };
  } catch {
    return {
      is: 'refused',
      message: 'Offhook could not be reached. Check the connection and try again.',
      why: [],
    };
  }
}
