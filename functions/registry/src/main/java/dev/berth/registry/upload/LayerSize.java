package dev.berth.registry.upload;

import dev.berth.core.quota.Quota;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.LimitExceeded;

/**
 * The largest layer.
 *
 * @param mib in MiB
 */
record LayerSize(long mib) {

  static LayerSize of(Quotas quotas) {
    return new LayerSize(quotas.of(Quota.LAYER_MIB));
  }

  /**
   * @param bytes of a layer so far; below 0 where a client's numbers add up to more than 64 bits
   * @throws LimitExceeded if they are too many
   */
  void require(long bytes) {
    if (bytes < 0 || bytes > mib << 20) {
      throw new LimitExceeded(
          "The layer exceeds the maximum allowed size of a layer which is '%d' MiB".formatted(mib));
    }
  }
}
