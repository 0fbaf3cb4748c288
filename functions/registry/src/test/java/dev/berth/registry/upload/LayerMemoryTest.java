package dev.berth.registry.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.Objects;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a layer takes of memory on its way: as much as its two buffers, whatever its size. */
class LayerMemoryTest extends ArrivingLayers {

  private final Set<byte[]> buffers =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  private long leastFree = Long.MAX_VALUE;

  /** Looks at what is written. */
  private Objects watched() {
    return (Objects)
        Proxy.newProxyInstance(
            Objects.class.getClassLoader(),
            new Class<?>[] {Objects.class},
            (_, called, arguments) -> {
              Arrays.stream(arguments == null ? new Object[0] : arguments)
                  .filter(ByteBuffer.class::isInstance)
                  .forEach(bytes -> look((ByteBuffer) bytes));
              try {
                return called.invoke(pushes.objects, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void look(ByteBuffer bytes) {
    buffers.add(bytes.array());
    leastFree = Math.min(leastFree, BufferMemory.ofTheHeap().free());
  }

  private LayerTransfers watching(PartSizes sizes) {
    return transfers(watched(), sizes, ArrivingLayers::untilItIsOver);
  }

  @ParameterizedTest
  @ValueSource(ints = {3000, 30_000, 300_000})
  void itsBytesAreInTwoBuffersWhateverItsSize(int size) {
    byte[] bytes = Pushes.bytes(size);

    assertComplete(receive(watching(Pushes.SIZES), bytes, TestSource.of(bytes)), bytes);

    assertThat(buffers).hasSize(2).allMatch(buffer -> buffer.length == Pushes.BUFFER);
  }

  @Test
  void itsBuffersAreTakenFromTheMemoryOfAllUploadsAndGivenBack() {
    PartSizes sizes = PartSizes.defaults();
    pushes = new Pushes(new MemoryObjects(1), sizes);
    long before = BufferMemory.ofTheHeap().free();
    byte[] bytes = Pushes.bytes(40 << 20);
    LayerTransfers transfers = watching(sizes);

    assertThatThrownBy(() -> receive(transfers, bytes, TestSource.breakingAt(bytes, 20 << 20)))
        .isInstanceOf(LayerUnavailable.class);
    assertThat(BufferMemory.ofTheHeap().free()).isEqualTo(before);
    receive(transfers, bytes, TestSource.of(bytes));

    assertThat(BufferMemory.ofTheHeap().free()).isEqualTo(before);
    assertThat(before - leastFree).isPositive().isLessThanOrEqualTo(2L * sizes.buffer());
  }
}
