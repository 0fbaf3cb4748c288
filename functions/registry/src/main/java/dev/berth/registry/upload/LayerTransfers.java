package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.Arrivals.Claim.Busy;
import dev.berth.registry.upload.Arrivals.Claim.Held;
import dev.berth.registry.upload.Arrivals.Claim.Own;
import dev.berth.registry.upload.ArrivingStream.End;
import dev.berth.registry.upload.Assembly.Result;
import dev.berth.registry.upload.Renewal.Rhythm;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Brings layers in from other registries, each in as many calls as it takes: what has arrived is
 * kept for 24 hours, and the next call goes on behind it. A layer that the registry has already is
 * linked without its bytes.
 *
 * <p>Of several calls for one layer one works, and the others answer how far it is; but of a layer
 * that fits into one buffer nothing is written down before it is there or breaks off. All throw
 * {@link RepositoryNotFound} where the repository is gone, {@link LimitExceeded} for a layer that
 * is too large, and {@link dev.berth.registry.RegistryException.KmsFailed} where a key cannot be
 * used.
 */
public final class LayerTransfers {

  private final Table table;
  private final Objects objects;
  private final RepositoryReader repositories;
  private final EncryptionKeys keys;
  private final Layers layers;
  private final LayerSize largest;
  private final long largestReadAgain;
  private final Arrivals arrivals;
  private final Appender appender;
  private final LayerCommit commit;

  /**
   * @param wall by which calls keep each other away from a layer
   * @param clock of the registry
   */
  public LayerTransfers(
      Table table,
      Objects objects,
      RepositoryReader repositories,
      EncryptionKeys keys,
      Layers layers,
      Clock wall,
      Clock clock,
      PartSizes sizes,
      Quotas quotas) {
    this(table, objects, repositories, keys, layers, wall, clock, sizes, quotas, Rhythm.OF_TIME);
  }

  LayerTransfers(
      Table table,
      Objects objects,
      RepositoryReader repositories,
      EncryptionKeys keys,
      Layers layers,
      Clock wall,
      Clock clock,
      PartSizes sizes,
      Quotas quotas,
      Rhythm rhythm) {
    this.table = table;
    this.objects = objects;
    this.repositories = repositories;
    this.keys = keys;
    this.layers = layers;
    this.largest = LayerSize.of(quotas);
    this.largestReadAgain = sizes.largestReadAgain();
    this.arrivals = new Arrivals(table, wall, clock, sizes.buffer(), rhythm);
    this.appender = new Appender(objects, sizes, largest);
    this.commit = new LayerCommit(table, objects, repositories, clock);
  }

  /**
   * How far a layer is.
   *
   * @param received bytes that are there
   * @param complete whether the repository has the layer
   */
  public record Progress(Digest digest, long received, boolean complete) {}

  /**
   * Goes on with a layer whose bytes come over a network.
   *
   * @throws LayerUnavailable if they do not come as they have to; those that came are kept
   * @throws InvalidLayer if they have another digest; they are dropped
   */
  public Progress receive(IncomingLayer layer, LayerSource source, Deadline deadline) {
    largest.require(layer.size());
    return linked(layer)
        .orElseGet(() -> arrive(layer, upload -> stream(layer, upload, source, deadline)));
  }

  /**
   * Copies a layer of this deployment inside its store. Its bytes were verified when they came.
   *
   * @param there as the other registry has it
   * @throws LayersNotFound if it is gone
   */
  public Progress copy(IncomingLayer layer, LayerLink there) {
    largest.require(there.size());
    return linked(layer).orElseGet(() -> arrive(layer, upload -> copy(layer, upload, there)));
  }

  private Optional<Progress> linked(IncomingLayer layer) {
    return layers
        .share(layer.account(), layer.name(), layer.digest())
        .map(link -> new Progress(layer.digest(), link.size(), true));
  }

  private Progress arrive(IncomingLayer layer, Function<UploadRecord, Progress> work) {
    Repository repository = repositories.require(layer.account(), layer.name());
    keys.requireUsable(repository.encryption());
    return switch (arrivals.claim(layer, repository)) {
      case Busy(long received) -> incomplete(layer, received);
      case Held(Arrival arrival, UploadRecord upload) ->
          working(layer, upload, renewing(arrival, work), () -> arrivals.release(arrival));
      case Own own -> working(layer, own.upload(), work, () -> keep(own));
    };
  }

  private Function<UploadRecord, Progress> renewing(
      Arrival arrival, Function<UploadRecord, Progress> work) {
    return upload -> {
      try (Renewal _ = arrivals.renewing(arrival)) {
        return work.apply(upload);
      }
    };
  }

  private void keep(Own own) {
    arrivals
        .keep(own)
        .ifPresent(left -> drop(new Fence(table, left.binding(), left.version()), left.content()));
  }

  /**
   * @param leave what to do where the layer is not complete
   */
  private Progress working(
      IncomingLayer layer,
      UploadRecord upload,
      Function<UploadRecord, Progress> work,
      Runnable leave) {
    boolean complete = false;
    try {
      Progress progress = work.apply(upload);
      complete = progress.complete();
      return progress;
    } catch (InvalidLayerPart overtaken) {
      return incomplete(layer, overtaken.received());
    } catch (UploadNotFound overtaken) {
      return linked(layer).orElseGet(() -> incomplete(layer, 0));
    } finally {
      if (!complete) {
        leave.run();
      }
    }
  }

  private static Progress incomplete(IncomingLayer layer, long received) {
    return new Progress(layer.digest(), received, false);
  }

  private Progress stream(
      IncomingLayer layer, UploadRecord upload, LayerSource source, Deadline deadline) {
    var fence = new Fence(table, upload.binding(), upload.version());
    Content content = upload.content();
    if (content.received() > layer.size()) {
      // it was said to be larger before
      drop(fence, content);
      return incomplete(layer, 0);
    }
    return content.received() == layer.size()
        ? committed(layer, fence, content)
        : more(layer, fence, content, source, deadline);
  }

  private Progress more(
      IncomingLayer layer, Fence fence, Content before, LayerSource source, Deadline deadline) {
    long expected = layer.size() - before.received();
    try (var bytes = new ArrivingStream(source.open(before.received()), expected, deadline)) {
      boolean carried = layer.size() > largestReadAgain;
      Hasher hasher = Hasher.ofArrival(before, carried, layer.digest().algorithm());
      var body = new Body(bytes, OptionalLong.of(expected));
      Result result = appender.arrive(fence, before, hasher, body);
      return bytes
          .end()
          .map(end -> ended(layer, fence, result.content(), end))
          .orElseGet(() -> arrived(layer, fence, result.content()));
    } catch (LimitExceeded tooManyParts) {
      drop(fence, before);
      throw tooManyParts;
    } catch (IOException e) {
      throw new LayerUnavailable(layer.digest(), e.getMessage());
    }
  }

  private Progress ended(IncomingLayer layer, Fence fence, Content content, End end) {
    return switch (end) {
      case End.OutOfTime() -> incomplete(layer, content.received());
      case End.Broken(String why) -> throw new LayerUnavailable(layer.digest(), why);
      case End.TooLong() -> {
        drop(fence, content);
        throw new LayerUnavailable(
            layer.digest(), "its source sends more than its %d bytes".formatted(layer.size()));
      }
    };
  }

  /** Bytes that have to be read again for their digest are left to a call that has all its time. */
  private Progress arrived(IncomingLayer layer, Fence fence, Content content) {
    return content.hash().by(layer.digest().algorithm()).isPresent()
        ? committed(layer, fence, content)
        : incomplete(layer, content.received());
  }

  private Progress committed(IncomingLayer layer, Fence fence, Content content) {
    LayerLink link = commit.commit(fence, content, layer.digest()).link();
    return new Progress(layer.digest(), link.size(), true);
  }

  private void drop(Fence fence, Content content) {
    if (fence.version() == 0 || fence.cancel()) {
      Discard.content(objects, content);
    }
  }

  private Progress copy(IncomingLayer layer, UploadRecord upload, LayerLink there) {
    Binding binding = upload.binding();
    var fence = new Fence(table, binding, upload.version());
    var object = new Piece(binding.freshObjectKey(), there.size());
    try {
      objects.copy(there.objectKey(), object.key(), binding.objectEncryption());
    } catch (NoSuchObjectException collected) {
      throw new LayersNotFound(layer.from().account(), layer.name(), List.of(layer.digest()));
    }
    return committed(layer, fence, Content.of(object, new Hash.Finished(layer.digest())));
  }
}
