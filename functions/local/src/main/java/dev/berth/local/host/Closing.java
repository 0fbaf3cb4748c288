package dev.berth.local.host;

import java.util.List;

/** Closes several things, each even if one before it fails. */
final class Closing {

  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private Closing() {}

  static void all(List<AutoCloseable> closeables) {
    for (AutoCloseable closeable : closeables) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.ERROR, "cannot close " + closeable, e);
      }
    }
  }
}
