package dev.berth.registry.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PartBufferTest {

  private static final int MIB = 1 << 20;
  private static final int CAPACITY = 8 * MIB;

  @Test
  void aBufferGrowsToItsCapacityWhileThereIsMemory() throws IOException {
    var memory = new BufferMemory(CAPACITY);
    assertThat(fill(new PartBuffer(1, CAPACITY, 0, memory), 20 * MIB)).isEqualTo(CAPACITY);
    assertThat(memory.free()).isEqualTo(MIB);
  }

  @Test
  void aBufferIsFullEarlierWhereMemoryIsShort() throws IOException {
    var memory = new BufferMemory(3 * MIB);
    assertThat(fill(new PartBuffer(1, CAPACITY, 0, memory), 20 * MIB)).isEqualTo(4 * MIB);
    assertThat(fill(new PartBuffer(1, CAPACITY, 0, memory), 20 * MIB)).isEqualTo(MIB);
  }

  @Test
  void aBufferIsNeverFullWithLessThanTheStoreTakesAsAPart() throws IOException {
    var buffer = new PartBuffer(5 * MIB, CAPACITY, 0, new BufferMemory(0));
    assertThat(fill(buffer, 20 * MIB)).isEqualTo(8 * MIB);
  }

  @Test
  void whatABufferTookIsGivenBackOnce() throws IOException {
    var memory = new BufferMemory(CAPACITY);
    var buffer = new PartBuffer(1, CAPACITY, 0, memory);
    fill(buffer, 20 * MIB);
    buffer.release();
    buffer.release();
    assertThat(memory.free()).isEqualTo(CAPACITY);
  }

  @Test
  void aClearedBufferMayTryToGrowAgain() throws IOException {
    var memory = new BufferMemory(0);
    var buffer = new PartBuffer(1, CAPACITY, 0, memory);
    assertThat(fill(buffer, 20 * MIB)).isEqualTo(MIB);
    memory.giveBack(CAPACITY);
    buffer.clear();
    assertThat(fill(buffer, 20 * MIB)).isEqualTo(CAPACITY);
  }

  private static int fill(PartBuffer buffer, int available) throws IOException {
    var in = new ByteArrayInputStream(new byte[available]);
    while (!buffer.isFull()) {
      buffer.readFrom(in, Long.MAX_VALUE);
    }
    return buffer.size();
  }
}
