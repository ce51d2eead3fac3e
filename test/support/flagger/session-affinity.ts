import { copyOf } from '../reachability/mutation';
import type { Canary, Headers, HttpMatch, SessionAffinity } from './canary';
import { mergedMatch, type Cookies, type Destination, type HttpRoute } from './istio-routes';

/* Cookies that keep a client on its track: getSessionAffinityRouteRules (pkg/router/istio.go), BuildCookie (canary.go). */

const SET_COOKIE = 'Set-Cookie';
const DAY = 86400;

/**
 * While the canary has weight, who has its cookie stays with it; if the primary has a cookie, too, who has that stays with
 * the primary; the last route sets them. Without weight, the cookie of the run before is deleted.
 *
 * @param stuck destinations with these weights, primary first
 */
export function affinityRoutes(
  canary: Canary,
  weighted: HttpRoute,
  cookies: Cookies,
  stuck: (primary: number, canary: number) => Destination[],
): HttpRoute[] {
  const affinity = canary.spec.analysis!.sessionAffinity!;
  const status = (canary.status ??= {});
  const { match: defaults } = canary.spec.service;
  const [primaryRoute, canaryRoute] = weighted.route as [Destination, Destination];
  if (canaryRoute.weight === 0) {
    return [withoutCookie(canary, weighted, defaults), weighted];
  }
  status.sessionAffinityCookie ||= `${affinity.cookieName}=${cookies.canary}`;
  status.primarySessionAffinityCookie ||= `${affinity.primaryCookieName ?? ''}=${cookies.primary}`;
  const forThose = (cookie: string, route: Destination[]): HttpRoute => ({
    ...weighted,
    match: holding(cookie, defaults),
    route,
  });
  const sticky = [forThose(status.sessionAffinityCookie, stuck(0, 100))];
  canaryRoute.headers = setting(cookie(affinity, status.sessionAffinityCookie, affinity.maxAge || DAY));
  if (affinity.primaryCookieName) {
    // The primary's cookie lives for one interval, so that weights count again afterwards.
    primaryRoute.headers = setting(
      cookie(affinity, status.primarySessionAffinityCookie, seconds(canary.spec.analysis!.interval!)),
    );
    sticky.push(forThose(status.primarySessionAffinityCookie, stuck(100, 0)));
  }
  return [...sticky, weighted];
}

/** The route that takes the cookie of the last run back; a second plain route if there was none. */
function withoutCookie(canary: Canary, weighted: HttpRoute, defaults: HttpMatch[] | undefined): HttpRoute {
  const status = (canary.status ??= {});
  status.previousSessionAffinityCookie = status.sessionAffinityCookie || status.previousSessionAffinityCookie;
  delete status.sessionAffinityCookie;
  const { previousSessionAffinityCookie: previous } = status;
  if (!previous) {
    return copyOf({ weighted })['weighted'] as HttpRoute;
  }
  const deleting = `${previous}; Max-Age=-1`;
  const own = weighted.headers;
  if (own === undefined) {
    return { ...weighted, match: holding(previous, defaults), headers: { response: { add: { [SET_COOKIE]: deleting } } } };
  }
  // Both routes share the headers that the Canary gives, so each of them deletes the cookie.
  own.response = { ...own.response, add: { ...own.response?.add, [SET_COOKIE]: deleting } };
  return { ...weighted, match: holding(previous, defaults) };
}

function holding(cookie: string, defaults: HttpMatch[] | undefined): HttpMatch[] {
  const [name = '', value = ''] = cookie.split('=');
  return mergedMatch([{ headers: { Cookie: { regex: `.*${name}.*${value}.*` } } }], defaults);
}

function setting(value: string): Headers {
  return { response: { add: { [SET_COOKIE]: value } } };
}

function cookie(affinity: SessionAffinity, nameAndValue: string, maxAge: number): string {
  const { domain, httpOnly, partitioned, path, sameSite, secure } = affinity;
  return [
    nameAndValue,
    `Max-Age=${maxAge}`,
    ...(domain ? [`Domain=${domain}`] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(partitioned ? ['Partitioned'] : []),
    ...(path ? [`Path=${path}`] : []),
    ...(sameSite ? [`SameSite=${sameSite}`] : []),
    ...(secure ? ['Secure'] : []),
  ].join('; ');
}

/** Go's durations, as far as the CRD lets an interval be one: `90s`, `1m`, `1m30s`. */
function seconds(duration: string): number {
  const units: Record<string, number> = { h: 3600, m: 60, s: 1 };
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0);
}
