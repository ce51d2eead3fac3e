import { recreateCourse, rollingCourse } from '../../lib/release/rolling-course';
import { mostPods } from '../../lib/release/release';
import { FACTS } from './facts';

describe('how a rolling update goes on (R1)', () => {
  test('three to twenty pods, one at a time', () => {
    const course = rollingCourse(FACTS, { type: 'RollingUpdate', maxUnavailable: 0, maxSurge: 1 });
    expect(course.toPromote).toEqual({ shortest: 3 * 13, longest: 20 * 73 });
    expect(course.toRollBack).toEqual(course.toPromote);
    expect(course.peakPods).toEqual({ teller: 22 });
  });

  test('a wave is what may be missing and what may be added', () => {
    const course = rollingCourse(FACTS, { type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 2 });
    expect(course.toPromote).toEqual({ shortest: 1 * 13, longest: 7 * 73 });
    expect(course.peakPods).toEqual({ teller: 24 });
  });
});

test('recreate: nothing serves from the end of the old pods to the start of the new ones (R2)', () => {
  const course = recreateCourse(FACTS);
  expect(course.toPromote).toEqual({ shortest: 13, longest: 55 + 73 });
  expect(course.peakPods).toEqual({ teller: 20 });
});

test.each([
  [{ type: 'RollingUpdate', maxUnavailable: 0, maxSurge: 3 } as const, 11],
  [{ type: 'RollingUpdate', maxUnavailable: 2, maxSurge: 0 } as const, 5],
  [{ type: 'Recreate' } as const, 5],
])('most pods at once with %j', (strategy, most) => expect(mostPods(5, strategy)).toBe(most));
