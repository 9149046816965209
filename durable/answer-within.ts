/** What others answer, or `otherwise` where they take too long. No timer outlives the answer: it would keep the object in memory. */
export async function answerWithin<T>(ms: number, answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: number | null = null;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
