package dev.berth.registry.upload;

import static dev.berth.registry.upload.Pushes.APP;
import static dev.berth.registry.upload.Pushes.broken;
import static dev.berth.registry.upload.Pushes.bytes;
import static dev.berth.registry.upload.Pushes.slice;
import static dev.berth.registry.upload.Pushes.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.store.MemoryObjects;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UploadProperties {

  /** How a client sends the next bytes. */
  enum Manner {
    CHUNK,
    STREAM,
    /** The connection breaks behind these bytes, and the client asks where the upload stands. */
    BROKEN
  }

  record Step(Manner manner, int size) {}

  /** Stores with S3's minimum for parts (in small) and without one. */
  @Property(tries = 200)
  void whateverTheStepsTheBytesAreTheSame(
      @ForAll("steps") List<Step> steps, @ForAll boolean anyPartSize) {
    var objects = new MemoryObjects(anyPartSize ? 1 : Pushes.SMALLEST_PART);
    var pushes = new Pushes(objects, Pushes.SIZES);
    byte[] layer = bytes(steps.stream().mapToInt(Step::size).sum());

    Upload upload = pushes.begin();
    for (Step step : steps) {
      upload = take(pushes, upload, step, layer);
    }
    assertThat(upload.received()).isEqualTo(layer.length);
    pushes.commit(upload, Digest.sha256(layer));

    pushes.assertPushed(APP, layer, 1);
    assertThat(objects.keys()).hasSize(1);
    assertThat(objects.openMultiparts()).isZero();
  }

  private static Upload take(Pushes pushes, Upload upload, Step step, byte[] layer) {
    byte[] next = slice(layer, upload.received(), upload.received() + step.size());
    return switch (step.manner()) {
      case CHUNK -> pushes.chunk(upload, next);
      case STREAM -> pushes.append(upload, streamed(next));
      case BROKEN -> {
        assertThatThrownBy(() -> pushes.append(upload, broken(next)))
            .isInstanceOf(BodyTruncated.class);
        yield pushes.status(upload);
      }
    };
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 3000), Arbitraries.integers().between(1, 20_000));
    return Combinators.combine(Arbitraries.of(Manner.class), sizes)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
