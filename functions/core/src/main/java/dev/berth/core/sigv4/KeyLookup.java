package dev.berth.core.sigv4;

import java.util.Optional;

/** Where access keys are found. */
@FunctionalInterface
public interface KeyLookup {

  /**
   * @param accessKeyId letters, digits and underscores, at most 128
   * @return empty where there is no such key or it may not be used
   */
  Optional<AccessKey> find(String accessKeyId);
}
