/** localStorage throws when it is forbidden or full. Values that it does not take are kept until the page is left. */
const memory = new Map<string, string>();

export function readStored(key: string): string | null {
  try {
    return memory.get(key) ?? localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

export function dropStored(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Storage is forbidden, so nothing was stored there either.
  }
}

/** A stored object; any other value counts as an empty one. */
export function readObject<T>(key: string): Partial<T> {
  return objectOf(readStored(key));
}

/** The object that a text is; an empty one for anything else. */
export function objectOf<T>(text: string | null): Partial<T> {
  try {
    return JSON.parse(text ?? '{}') || {};
  } catch {
    return {};
  }
}
