// The part of OpenAPI 3.1 that the document uses.

import type { ProblemReason } from '../contract/problem.ts';
import type { Method } from '../contract/routes.ts';
import type { Audience } from './described.ts';
import type { SchemaObject } from './json-schema.ts';

export interface Reference {
  $ref: string;
  description?: string;
}

export interface MediaType {
  schema: SchemaObject;
  example?: unknown;
}

export interface HeaderObject {
  description: string;
  schema: SchemaObject;
}

export interface ResponseObject {
  description: string;
  headers: Record<string, Reference>;
  content?: Record<string, MediaType>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: SchemaObject;
  example?: string;
}

export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required: boolean; content: Record<string, MediaType> };
  responses: Record<string, ResponseObject | Reference>;
  'x-audience': Audience[];
  'x-problems': ProblemReason[];
  'x-query-example'?: string;
}

export interface SecurityScheme {
  readonly type: 'http' | 'apiKey';
  readonly scheme?: 'bearer';
  readonly in?: 'header';
  readonly name?: string;
  readonly description: string;
}

export interface TagObject {
  name: string;
  description: string;
  /** The operations in a good order for learning them, which an object of paths does not have. */
  'x-operations': string[];
}

export interface OpenApiDocument {
  openapi: string;
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: TagObject[];
  paths: Record<string, Partial<Record<Lowercase<Method>, OperationObject>>>;
  components: {
    schemas: Record<string, SchemaObject>;
    parameters: Record<string, Parameter>;
    headers: Record<string, HeaderObject>;
    responses: Record<string, ResponseObject>;
    securitySchemes: Record<string, SecurityScheme>;
  };
  /** The meaning of each reason, and the way out of it. */
  'x-problems': Readonly<Record<ProblemReason, { status: number; meaning: string; action: string }>>;
}
