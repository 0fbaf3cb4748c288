package dev.berth.local.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock that keeps a second process away from the files. The system drops a dead one's. */
final class RootLock {

  private RootLock() {}

  /** The lock, held until the channel is closed. */
  static FileChannel acquire(Path file) throws IOException {
    FileChannel channel = openOrCreate(file);
    try {
      if (channel.tryLock() == null) {
        throw new IOException("in use by another process");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("in use by this process", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel openOrCreate(Path file) throws IOException {
    try {
      return Disk.create(file);
    } catch (FileAlreadyExistsException e) {
      return FileChannel.open(file, StandardOpenOption.WRITE);
    }
  }
}
