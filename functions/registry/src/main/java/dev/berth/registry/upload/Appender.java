package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.upload.Assembly.Result;
import dev.berth.registry.upload.UploadRecord.ApiParts;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Takes in the bodies of requests and notes in the upload's record what has to be noted. */
final class Appender {

  private final Objects objects;
  private final PartSizes sizes;
  private final LayerSize largest;

  Appender(Objects objects, PartSizes sizes, LayerSize largest) {
    if (sizes.buffer() < objects.smallestPart()) {
      throw new IllegalArgumentException(
          "buffers of %d bytes are too small for a store that takes parts of %d"
              .formatted(sizes.buffer(), objects.smallestPart()));
    }
    this.objects = objects;
    this.sizes = sizes;
    this.largest = largest;
  }

  /**
   * Takes in a body from an upload's beginning as an object of its own. The table is called only
   * for a long one, or one that is truncated.
   *
   * @throws BodyTruncated if the body breaks off; what arrived is kept
   * @throws LimitExceeded if the layer becomes too large
   */
  Content whole(Fence fence, Algorithm algorithm, Body body) {
    largest.require(body.length().orElse(0));
    Hasher hasher = Hasher.fromTheBeginning(algorithm);
    Result result = take(fence, () -> assembly(fence, Content.EMPTY, hasher, body).whole());
    boolean truncated = result.truncated().isPresent();
    if (fence.version() > 0 || (truncated && result.read() > 0)) {
      fence.save(result.content());
    }
    return contentOf(result);
  }

  /**
   * Puts a body behind what is there.
   *
   * @param range where the client says it belongs; behind the end if it does not say
   * @throws InvalidLayerPart if it does not belong there, or another one came first
   * @throws BodyTruncated if the body breaks off; what arrived is kept
   * @throws LimitExceeded if the layer becomes too large
   */
  Content append(
      Fence fence, Content before, Optional<ContentRange> range, Body body, ApiParts apiParts) {
    range.ifPresent(r -> check(r, before, body));
    Body measured =
        range.map(r -> new Body(body.bytes(), OptionalLong.of(r.length()))).orElse(body);
    largest.require(before.received() + measured.length().orElse(0));
    long size = measured.length().orElse(Long.MAX_VALUE);
    Hasher hasher = Hasher.ofChunk(before, size, fence.binding().algorithm());
    Result result = take(fence, () -> assembly(fence, before, hasher, measured).append());
    if (range.isPresent() && result.truncated().isEmpty()) {
      requireEnd(body, range.get(), before);
    }
    if (result.truncated().isEmpty() || result.read() > 0) {
      fence.save(result.content(), apiParts);
      discardReplaced(before, result.content());
    }
    return contentOf(result);
  }

  /**
   * Takes in as much of a body as comes, behind what is there, to be gone on with later.
   *
   * @param hasher of {@link Hasher#ofArrival}
   * @throws InvalidLayerPart if another writer came first
   */
  Result arrive(Fence fence, Content before, Hasher hasher, Body body) {
    boolean fresh = before.received() == 0;
    Result result =
        take(
            fence,
            () -> {
              Assembly assembly = assembly(fence, before, hasher, body);
              return fresh ? assembly.whole() : assembly.append();
            });
    boolean worthNoting = !fresh || fence.version() > 0 || result.truncated().isPresent();
    if (result.read() > 0 && worthNoting) {
      fence.save(result.content());
      discardReplaced(before, result.content());
    }
    return result;
  }

  private static void check(ContentRange range, Content before, Body body) {
    if (range.first() != before.received()) {
      throw Fence.outOfOrder(before.received());
    }
    if (body.length().isPresent() && body.length().getAsLong() != range.length()) {
      throw wrongLength(range, before);
    }
  }

  private static void requireEnd(Body body, ContentRange range, Content before) {
    if (body.length().isPresent()) {
      return;
    }
    try {
      if (body.bytes().read() >= 0) {
        throw wrongLength(range, before);
      }
    } catch (IOException broken) {
      throw new BodyTruncated("The connection broke at the end of the body.");
    }
  }

  private static InvalidLayerPart wrongLength(ContentRange range, Content before) {
    return new InvalidLayerPart(
        "The body is not as long as its range %d-%d says.".formatted(range.first(), range.last()),
        before.received());
  }

  private Assembly assembly(Fence fence, Content before, Hasher hasher, Body body) {
    return new Assembly(
        objects, sizes, largest, fence.binding(), fence::save, before, hasher, body);
  }

  private static Result take(Fence fence, Supplier<Result> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      throw fence.explained(e);
    }
  }

  private void discardReplaced(Content before, Content after) {
    before
        .tail()
        .filter(tail -> !after.tail().equals(Optional.of(tail)))
        .ifPresent(tail -> Discard.object(objects, tail));
  }

  private static Content contentOf(Result result) {
    result
        .truncated()
        .ifPresent(
            truncated -> {
              throw truncated;
            });
    return result.content();
  }
}
