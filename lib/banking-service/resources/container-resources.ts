import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { bytes, milliCpu } from '../../kernel/quantity';
import type { ResourcesModel } from '../container';

/** As the API server stores it: whole CPUs without their thousandths. */
function cpu(text: string): kplus.Cpu {
  const millis = milliCpu(text);
  return millis % 1000 === 0 ? kplus.Cpu.units(millis / 1000) : kplus.Cpu.millis(millis);
}

/** The quantities in the types of cdk8s-plus, which writes memory in whole mebibytes and disk in whole gibibytes. */
export function containerResources({ requests, limits, ephemeralStorage }: ResourcesModel): kplus.ContainerResources {
  const size = (text: string) => Size.mebibytes(Math.ceil(bytes(text) / 1024 ** 2));
  const disk = Size.gibibytes(Math.ceil(bytes(ephemeralStorage) / 1024 ** 3));
  return {
    cpu: { request: cpu(requests.cpu), limit: limits.cpu === undefined ? undefined : cpu(limits.cpu) },
    memory: { request: size(requests.memory), limit: size(limits.memory) },
    ephemeralStorage: { request: disk, limit: disk },
  };
}
