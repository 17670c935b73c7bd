package io.tocsin.view;

class InMemorySavedViewsTest extends SavedViewsContract {
  @Override
  protected SavedViews store() {
    return SavedViews.inMemory();
  }
}
