package dev.berth.registry.image;

import dev.berth.core.conversion.ConversionTable;
import dev.berth.core.conversion.EmptyLayer;
import dev.berth.core.conversion.ManifestSigner;
import dev.berth.core.conversion.Schema1Image;
import dev.berth.core.conversion.Schema1Image.Unsigned;
import dev.berth.core.conversion.TwinFormats;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.Uploader;
import dev.berth.registry.upload.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Gives clients that do not understand what is stored another format of it (guide, "Amazon ECR
 * image manifest conversion"). The same image and tag have the same bytes in a format each time.
 */
public final class Conversions {

  /** Configurations that are larger are not read; their images stay as they are. */
  private static final int MOST_CONFIG_BYTES = ManifestReader.MAX_BYTES;

  /** Who pushes the empty layer: no principal's unique id. */
  private static final String SELF = "registry";

  private final Layers layers;
  private final Uploads uploads;
  private final Objects objects;
  private final ManifestSigner signer;

  public Conversions(Layers layers, Uploads uploads, Objects objects, ManifestSigner signer) {
    this.layers = layers;
    this.uploads = uploads;
    this.objects = objects;
    this.signer = signer;
  }

  /**
   * The manifest of a tag in the first format of the table that is accepted, or as it is stored:
   * where that is accepted, or nothing else can be made of it that is.
   *
   * @param accepted the media types that the client understands
   */
  public StoredManifest understood(
      String account,
      RepositoryName name,
      Tag tag,
      StoredManifest stored,
      Predicate<String> accepted) {
    if (ConversionTable.isUnderstood(stored.mediaType(), accepted)) {
      return stored;
    }
    return ConversionTable.targets(stored.mediaType()).stream()
        .filter(target -> ConversionTable.isUnderstood(target, accepted))
        .flatMap(target -> convert(account, name, tag, stored, target).stream())
        .findFirst()
        .orElse(stored);
  }

  /**
   * The manifest in another format; empty where it cannot be had in that.
   *
   * @param target of {@link ConversionTable#targets}
   */
  Optional<StoredManifest> convert(
      String account, RepositoryName name, Tag tag, StoredManifest stored, String target) {
    var read = ManifestReader.read(stored.bytes(), Optional.of(stored.mediaType()));
    if (!(read instanceof ImageManifest image)) {
      return Optional.empty();
    }
    Optional<StoredManifest> converted =
        target.equals(MediaTypes.DOCKER_SCHEMA1_SIGNED)
            ? schema1(account, name, tag, image)
            : TwinFormats.convert(image, target)
                .map(bytes -> new StoredManifest(Digest.sha256(bytes), target, bytes));
    return converted.filter(manifest -> manifest.bytes().length <= ManifestReader.MAX_BYTES);
  }

  private Optional<StoredManifest> schema1(
      String account, RepositoryName name, Tag tag, ImageManifest image) {
    if (!Schema1Image.isConvertible(image)) {
      return Optional.empty();
    }
    Digest config = image.config().digest();
    Map<Digest, LayerLink> there =
        layers.availability(account, name, List.of(config, EmptyLayer.DIGEST));
    Optional<Unsigned> unsigned =
        Stream.ofNullable(there.get(config))
            .flatMap(link -> read(link).stream())
            .flatMap(bytes -> Schema1Image.of(image, bytes, name, tag).stream())
            .filter(manifest -> manifest.payload().length <= ManifestReader.MAX_BYTES)
            .findFirst();
    if (unsigned.filter(Unsigned::hasEmptyLayer).isPresent()
        && !there.containsKey(EmptyLayer.DIGEST)) {
      addEmptyLayer(account, name);
    }
    return unsigned.map(this::signed);
  }

  private StoredManifest signed(Unsigned unsigned) {
    return new StoredManifest(
        Digest.sha256(unsigned.payload()), MediaTypes.DOCKER_SCHEMA1_SIGNED, signer.sign(unsigned));
  }

  /** Empty too where the layer was collected, with its repository, since the link was read. */
  private Optional<byte[]> read(LayerLink config) {
    if (config.size() > MOST_CONFIG_BYTES) {
      return Optional.empty();
    }
    try (InputStream in = objects.get(config.objectKey(), 0, config.size())) {
      return Optional.of(in.readAllBytes());
    } catch (NoSuchObjectException collected) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read " + config.objectKey(), e);
    }
  }

  /** A client is about to pull every layer that the manifest names, and this one nobody pushed. */
  private void addEmptyLayer(String account, RepositoryName name) {
    uploads.uploadWhole(
        new Uploader(account, name, SELF), EmptyLayer.DIGEST, Body.of(EmptyLayer.bytes()));
  }
}
