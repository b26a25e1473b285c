/**
 * The functions that a compiled component of Astro calls, for components of plain HTML and custom elements. It imports
 * others by name as well, without a call.
 */

type Props = Record<string, unknown>;
type Render = (result: object, props: Props, slots: object) => string;

export const createMetadata = (): object => ({});
export const createAstro = (): object => ({});

export const createComponent =
  (render: Render) =>
  (props: Props): string =>
    render({ createAstro: (of: Props) => ({ props: of }) }, props, {});

export const render = (texts: TemplateStringsArray, ...values: string[]): string =>
  String.raw({ raw: texts }, ...values);

export const maybeRenderHead = (): string => '';

const attribute = ([name, value]: [string, unknown]): string =>
  ` ${name}="${String(value).replaceAll('&', '&#38;').replaceAll('"', '&#34;')}"`;

/** An element that is no component of Astro's is as it was written, without the attributes that have no value. */
export const renderComponent = (_: object, __: string, tag: string, attributes: Props): string => {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null);
  return `<${tag}${given.map(attribute).join('')}></${tag}>`;
};
