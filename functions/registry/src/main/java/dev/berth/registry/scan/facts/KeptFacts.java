package dev.berth.registry.scan.facts;

import dev.berth.core.oci.Digest;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.scan.layer.LayerFacts;
import dev.berth.registry.scan.layer.LayerFactsJson;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where the facts of layers are kept: as widely shared as the layers are, and encrypted as they
 * are.
 *
 * <p>All methods throw {@link StoreException} when the store cannot answer, and {@link
 * dev.berth.registry.RegistryException.KmsFailed} where the repository's key cannot be used.
 */
final class KeptFacts {

  private static final System.Logger LOG = System.getLogger(KeptFacts.class.getName());

  /** Of one layer, in bytes of JSON: a quarter of a million packages. */
  static final int MOST_BYTES = 16 << 20;

  private final Objects objects;

  KeptFacts(Objects objects) {
    this.objects = objects;
  }

  /**
   * Facts with what they take.
   *
   * @param size in bytes of JSON
   */
  record Sized(LayerFacts facts, int size) {}

  /** The facts of a layer, if they were kept. */
  Optional<Sized> find(Repository repository, Digest layer) {
    String key = key(repository, layer);
    try (InputStream in = objects.get(key, 0, MOST_BYTES)) {
      byte[] written = in.readAllBytes();
      return LayerFactsJson.read(written).map(facts -> new Sized(facts, written.length));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "made anew, as they cannot be read: " + key, e);
      objects.delete(key);
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read object " + key, e);
    }
  }

  /**
   * Keeps the facts of a layer, also where there are none.
   *
   * @throws TooManyPackagesException if they are too many to be kept
   */
  Sized keep(Repository repository, Digest layer, LayerFacts facts) {
    byte[] written = LayerFactsJson.write(facts);
    if (written.length > MOST_BYTES) {
      throw new TooManyPackagesException(
          "what layer %s says of packages has more than %d bytes".formatted(layer, MOST_BYTES));
    }
    ObjectEncryption encryption =
        repository.encryption().ofObjects(repository.account(), repository.name());
    try {
      objects.put(key(repository, layer), ByteBuffer.wrap(written), encryption);
    } catch (ObjectExistsException e) {
      // another scan has written the same
    }
    return new Sized(facts, written.length);
  }

  private static String key(Repository repository, Digest layer) {
    return FactsObjects.of(repository.account(), repository.encryptionKey(), layer);
  }
}
