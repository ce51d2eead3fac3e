/** https://www.rfc-editor.org/rfc/rfc9110#section-9 and PATCH (RFC 5789). */
export const HTTP_METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
