"""The whole service, with all that it does around a request, as `remuner serve` serves it."""

from remuner.main import application

remuner = application()
