package dev.berth.registry.scan;

import dev.berth.core.oci.Digest;
import dev.berth.registry.image.FindingsObjects;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Where findings are kept: in objects that are encrypted as the repository's layers are.
 *
 * <p>All methods throw {@link StoreException} when the store cannot answer, and {@link
 * dev.berth.registry.RegistryException.KmsFailed} where the repository's key cannot be used.
 */
final class KeptFindings {

  /** More than there ever are. */
  private static final long MOST_BYTES = 1L << 40;

  private final Objects objects;

  KeptFindings(Objects objects) {
    this.objects = objects;
  }

  /**
   * Writes findings, which become those of the image by who notes where they are.
   *
   * @return the object's key
   */
  String write(Repository repository, Digest image, List<ScanFinding> findings) {
    String key = FindingsObjects.fresh(repository, image);
    objects.put(
        key,
        ByteBuffer.wrap(FindingsFile.write(findings)),
        repository.encryption().ofObjects(repository.account(), repository.name()));
    return key;
  }

  /** Some of the findings; empty where others, or none, have taken their place since. */
  Optional<List<ScanFinding>> read(ScanResult result, int offset, int limit) {
    try {
      var in = objects.get(result.objectKey(), 0, MOST_BYTES);
      return Optional.of(FindingsFile.read(in, offset, limit));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read object " + result.objectKey(), e);
    }
  }

  void delete(String objectKey) {
    objects.delete(objectKey);
  }
}
