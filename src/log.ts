/** A fact that may be logged: never a name, an address, a text, or a statement's parameters. */
type Fact = string | number | boolean | null;

/** One JSON line an event. */
export function log(event: string, facts: Record<string, Fact>): void {
  console.log(JSON.stringify({ event, ...facts }));
}
